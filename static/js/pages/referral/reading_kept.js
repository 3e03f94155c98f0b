// What this tab counted of one's own reading, added to a record of one's own: sealed, and shown to nobody else. It goes
// out when the next page begins, so that it says no more of when than the log of opened letters does.

import { mondayOf, READING, together, weeksIn, written } from "../../domain/reading_record.js";
import { FORM } from "../queue/view_content.js";
import { Records } from "../records.js";

/** Whoever signs in after somebody else in one tab takes over nothing of hers. @param {string} login */
const waitingOf = (login) => `onestop.read.${login}`;
/** In seconds: less is not worth a record, and is kept for later. */
export const KEPT_FROM = 300;

/** @typedef {import("../../domain/reading_record.js").Weeks} Weeks */

/** @param {string} login @returns {Weeks} what was read since it was kept last */
function waiting(login) {
  return weeksIn(sessionStorage.getItem(waitingOf(login)) ?? "");
}

/** @param {string} login @param {Weeks} more */
function wait(login, more) {
  sessionStorage.setItem(waitingOf(login), written(together(waiting(login), more)));
}

/** A little more was read. @param {string} login @param {string} day @param {number} seconds @returns {void} */
export function note(login, day, seconds) {
  wait(login, new Map([[mondayOf(day), seconds]]));
}

/**
 * Add to one's own record what waits; where that fails, it goes on waiting.
 * @param {import("../session.js").Session} session with its ring open
 * @returns {Promise<void>}
 */
export async function keepReading(session) {
  const { login } = session.caseworker;
  const read = waiting(login);
  const seconds = [...read.values()].reduce((all, one) => all + one, 0);
  if (seconds < KEPT_FROM) return;
  try {
    const records = new Records(session, { view: FORM });
    const kept = ownReading(await records.list("view"), login);
    const query = written(together(weeksIn(kept?.content?.query ?? ""), read));
    const content = { v: 1, owner: login, name: READING, query };
    await records.save({ type: "view", content, recordId: kept?.recordId, version: kept?.version ?? 0 });
    wait(login, new Map([...read].map(([week, one]) => [week, -one])));
  } catch {
    // a line that was lost, or another tab that was quicker: the next page tries again
  }
}

/**
 * @param {import("../records.js").Opened<import("../queue/view_content.js").ViewContent>[]} views
 * @param {string} login
 */
export function ownReading(views, login) {
  return views.find(({ content }) => content?.owner === login && content.query.startsWith(READING));
}
