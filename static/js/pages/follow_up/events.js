/**
 * What has happened so far, in order: what the organisation itself said apart from what only the portal notes. Nothing
 * is dated before the person's own report: that would come of somebody else's. Touches no page.
 *
 * @typedef {import("./visit.js").Thread} Thread
 * @typedef {"organisation" | "portal" | "me"} Source
 * @typedef {{on: string, kind: "stage" | "links" | "items" | "consent" | "withdrawal" | "reply", state: string, n: number,
 *   source: Source}} Event `n` addresses where a kind counts them
 */

import { OPENED } from "../../domain/progress.js";

/**
 * The days of one organisation.
 * @param {Thread} thread
 * @returns {Event[]} oldest first
 */
export function eventsOf(thread) {
  const { receivedOn, openedOn, state, stateOn } = thread;
  const noted = [stage("received", receivedOn, "portal")];
  if (openedOn) noted.push(stage(OPENED, openedOn, "portal"));
  const said = thread.messages.flatMap((message) => messageEvents(message, receivedOn));
  const last = said.findLast((event) => event.kind === "stage");
  if (state !== "received" && last?.state !== state && !(state === "withdrawn" && withdrew(said))) {
    noted.push(stage(state, stateOn, "portal"));
  }
  return inOrder([...noted, ...said]);
}

/**
 * The days of one address: every state that the organisation said, and the portal's where that is another.
 * @param {Thread} thread
 * @param {{id: string, state: string, stateOn: string}} link
 * @returns {{on: string, state: string, source: Source}[]} oldest first
 */
export function linkEvents({ messages, receivedOn }, { id, state, stateOn }) {
  const said = messages.flatMap(({ direction, content, receivedOn: came }) =>
    direction === "to_reporter" && content
      ? content.states
          .filter(({ item }) => item === id)
          .map((one) => ({
            on: dayOf(content.sent_on, came, receivedOn),
            state: one.state,
            source: /** @type {Source} */ ("organisation"),
          }))
      : [],
  );
  const noted =
    state && said.at(-1)?.state !== state ? [{ on: stateOn, state, source: /** @type {Source} */ ("portal") }] : [];
  return inOrder([...said, ...noted]);
}

/**
 * @param {string} state
 * @param {string} on
 * @param {Source} source
 * @returns {Event}
 */
function stage(state, on, source) {
  return { on, kind: "stage", state, n: 0, source };
}

/** @param {Event[]} said */
function withdrew(said) {
  return said.some((event) => event.kind === "withdrawal");
}

/**
 * @param {import("./visit.js").Message} message
 * @param {string} receivedOn
 * @returns {Event[]}
 */
function messageEvents({ direction, content, receivedOn: came }, receivedOn) {
  if (!content) return [];
  const source = /** @type {Source} */ (direction === "to_reporter" ? "organisation" : "me");
  const on = dayOf(content.sent_on, came, receivedOn);
  const event = (/** @type {Event["kind"]} */ kind, state = "", n = 0) => ({ on, kind, state, n, source });
  if (source === "me") {
    const own = content.kind === "items" || content.kind === "consent" || content.kind === "withdrawal";
    return own ? [event(/** @type {Event["kind"]} */ (content.kind), "", content.items.length)] : [];
  }
  const counts = new Map();
  for (const { item, state } of content.states) {
    if (item !== null) counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  const whole = content.states.filter(({ item }) => item === null).map(({ state }) => event("stage", state));
  const links = [...counts].map(([state, n]) => event("links", state, n));
  return content.states.length > 0 ? [...whole, ...links] : [event("reply")];
}

/**
 * A sender's own day, unless it cannot be: the portal's then.
 * @param {string} sentOn
 * @param {string} came
 * @param {string} receivedOn
 */
function dayOf(sentOn, came, receivedOn) {
  return sentOn >= receivedOn && sentOn <= came ? sentOn : came;
}

/**
 * @template {{on: string}} Dated
 * @param {Dated[]} events
 * @returns {Dated[]}
 */
function inOrder(events) {
  return [...events].sort((one, other) => (one.on < other.on ? -1 : one.on > other.on ? 1 : 0));
}
