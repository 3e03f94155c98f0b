/**
 * What the organisation itself said, as against what only the portal says. Touches no page.
 *
 * @typedef {import("./visit.js").Thread} Thread
 */

/**
 * The newest state that the organisation itself gave, by item id; its own under the empty key.
 * @param {Thread} thread
 * @returns {Map<string, string>}
 */
export function saidStates({ messages }) {
  /** @type {Map<string, string>} */
  const said = new Map();
  for (const { direction, content } of messages) {
    if (direction !== "to_reporter" || !content) continue;
    for (const { item, state } of content.states) said.set(item ?? "", state);
  }
  return said;
}

/**
 * Whether a message names an earlier one that the portal does not show: something may have been held back.
 * @param {Thread} thread
 */
export function isGapped({ messages }) {
  const shown = new Set(messages.map((message) => message.id));
  return messages.some(({ content }) => content !== null && content.after !== null && !shown.has(content.after));
}

/**
 * The last message that this person has seen, to be named in the next one.
 * @param {Thread} thread
 * @returns {string | null}
 */
export function lastSeen({ messages }) {
  return messages.findLast(({ content }) => content !== null)?.id ?? null;
}

/**
 * Whether anything can still be written in this thread.
 * @param {Thread} thread
 */
export function isLiving({ state }) {
  return state !== "withdrawn" && state !== "destroyed";
}

/**
 * A day in Korea, whatever the clock of the phone is set to show.
 * @param {number} now milliseconds since 1970
 * @returns {string} YYYY-MM-DD
 */
export function dayInKorea(now) {
  return new Date(now + 9 * 3_600_000).toISOString().slice(0, 10);
}
