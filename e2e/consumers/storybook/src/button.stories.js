import { simulate } from "barge-in/sim"; // before what imports barge-in
import { html } from "lit";
import "barge-in/define";

let gws;
let id;

export default {
  title: "Barge in",
  component: "barge-in-button",
  async beforeEach({ parameters }) {
    gws = await simulate({ scenario: "none" });
    id = gws.addSession(parameters.session);
    return () => gws.stop();
  },
  render: () => html`<barge-in-button session-id=${id}></barge-in-button>`,
};

/** Press it: the session itself says that one has joined. */
export const Ready = {};

/** Press it: the server says no. */
export const Refused = {
  beforeEach: () => gws.refuseNext("SwitchToBargeIn", { statusCode: 5, statusMessage: "Not on a Friday" }),
};

/** The supervisor has joined from another desktop. */
export const Joined = { parameters: { session: { mode: "barge-in" } } };
