/**
 * What the page keeps for its panels: the mounted ones by handle, and all that is unsent.
 *
 * What is unsent is kept in memory only, per server and session. So it survives a restart of the instance, the removal
 * and return of an element, and `session-id` going to and fro.
 */

/** The mounted panels by the handle of their component. */
export const panels = new Map();

const unsent = new Map();

const name = ({ baseUrl, transport, channel }, media, sessionId) => JSON.stringify([baseUrl, transport, channel, media, sessionId]);

/** Keeps what a panel's component says is unsent. */
export function keep(config, kept) {
  unsent.set(name(config, kept.media, kept.sessionId), kept);
}

/** What is unsent in a session, if anything. */
export const kept = (config) => unsent.get(name(config, config.media, config.sessionId));
