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
 * Whether there is still something to take back.
 * @param {Thread} thread
 */
export function isLiving({ state }) {
  return state !== "withdrawn" && state !== "destroyed";
}

/**
 * Whether anything of it is left to destroy: also where it was withdrawn and waits for its day.
 * @param {Thread} thread
 */
export function isThere({ state }) {
  return state !== "destroyed";
}

/**
 * Whether somebody there can still read what is written in this thread.
 * @param {Thread} thread
 */
export function isOpen(thread) {
  return isLiving(thread) && thread.lostOn === null;
}

/**
 * Whether words can be written in this thread: also where it was withdrawn and a legal hold keeps it, to ask why.
 * @param {Thread} thread
 */
export function mayWrite(thread) {
  return (isLiving(thread) || (thread.state === "withdrawn" && thread.hold !== null)) && thread.lostOn === null;
}

/**
 * An organisation's thread, and those that came out of it: what is taken back from one is taken back from the others.
 * @param {string} referralId
 * @param {Thread[]} threads
 * @returns {Thread[]}
 */
export function familyOf(referralId, threads) {
  const family = new Set([referralId]);
  for (let before = 0; before < family.size; ) {
    before = family.size;
    for (const { referralId: id, referredBy } of threads) if (referredBy && family.has(referredBy)) family.add(id);
  }
  return threads.filter((thread) => family.has(thread.referralId));
}

/**
 * What an organisation may do: the last that it was told here, else what the own record says of the first letter.
 * @param {Thread} thread
 * @param {import("../../domain/own_record.js").OwnRecord | null} own
 * @returns {import("../../domain/letter.js").Consent | null} null where nobody knows
 */
export function consentInForce({ messages, slug, referredBy }, own) {
  const last = messages.findLast(({ direction, content }) => direction === "to_organisation" && content?.consent);
  if (last?.content?.consent) return last.content.consent;
  return referredBy === null ? (own?.organisations.find((one) => one.slug === slug)?.consent ?? null) : null;
}

/**
 * A day in Korea, whatever the clock of the phone is set to show.
 * @param {number} now milliseconds since 1970
 * @returns {string} YYYY-MM-DD
 */
export function dayInKorea(now) {
  return new Date(now + 9 * 3_600_000).toISOString().slice(0, 10);
}
