/** The signed-in user changes: another user at the same desk, or nobody and a login page in place of every answer. */

const OPERATION = "SwitchToBargeIn";

const barred = ({ sim, id }) => sim.act(id, "capabilities", { list: ["Leave"] });

/** The newest state that the page has shown. */
const newest = ({ entries }) => entries.findLast(({ kind }) => kind === "state");

/** The first user barges in from elsewhere, and the page shows it. */
async function joined(scene) {
  await scene.sim.act(scene.id, "switch", { operation: OPERATION });
  await scene.until((record) => newest(record).state === "joined");
  // What is true for a shorter time than two polls of the truth lie apart is not seen by it.
  await scene.truth.renewed();
}

/** From now on another user is signed in, who only monitors. The first one's Bayeux client is kept or forgotten. */
const another = ({ sim }, clients) => sim.post("/user", { user: "sam", mode: "monitor", clients });

const ANOTHER_USER = [
  {
    name: "another user signs in, who only monitors, and 402; the first had barged in",
    async begin(scene) {
      await joined(scene);
      await another(scene, "forget");
    },
    notices: false,
  },
  {
    name: "another user signs in, who only monitors, without 402; refreshed, then barred",
    async begin(scene) {
      await joined(scene);
      await another(scene, "keep");
      await scene.refresh();
    },
    notices: false,
    // Notifications for the second user go only to that user's clients.
    async meanwhile(scene) {
      await scene.until((record) => newest(record).state === "ready");
      await barred(scene);
    },
  },
  {
    name: "another user signs in, who only monitors, without 402; a press",
    begin: (scene) => another(scene, "keep"),
    press: true,
    notices: false,
    // It is rejected for its CSRF token, and not sent again for another user.
    posts: 1,
  },
];

/** Login pages of a single sign-on in front of the server. The browser hides the one of another origin. */
const LOGINS = {
  "another origin": ({ sim }) => `${sim.url.replace("127.0.0.1", "localhost")}/blank.html`,
  "the same origin": () => "/blank.html",
};

/** The request that gets the login page first; the held poll has not noticed it yet. */
const MEETS = {
  reads: { ask: (scene) => scene.refresh() },
  polls: { ask: ({ sim, id }) => sim.act(id, "rename", { nickname: "Casey" }) },
  "a press": { press: true },
};

const LOGIN_PAGES = Object.entries(LOGINS).flatMap(([where, location]) =>
  Object.entries(MEETS).map(([what, { ask, press }]) => ({
    name: `a login page of ${where} in the way of everything, met by ${what}; barred meanwhile`,
    async begin(scene) {
      await scene.sim.fault("redirect", { path: "/api" }, { times: "always", location: location(scene) });
      await ask?.(scene);
    },
    press,
    may: ["unauthenticated"],
    async meanwhile(scene) {
      await scene.until((record) => newest(record).reason === "unauthenticated");
      await barred(scene);
    },
    errors: ["unauthenticated"],
    async heal({ sim, refresh }) {
      await sim.clearFaults();
      await refresh();
    },
  })),
);

export const SIGN_IN = [...ANOTHER_USER, ...LOGIN_PAGES];
