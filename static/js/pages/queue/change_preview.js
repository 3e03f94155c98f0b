// What a change of several would do, said before it is done: by the same table that the portal goes by.

import { choices, needs } from "../../domain/referral_state.js";

/**
 * @typedef {import("./rows.js").Row} Row
 * @typedef {{kind: "assignment", to: string|null}|{kind: "state", state: string}|{kind: "deadline", dueOn: string}} Change
 * @typedef {{me: string, lead: boolean}} Who
 * @typedef {"done"|"same"|"held"|"cannot"} Verdict
 */

const TAKEN = { before: "received", next: "assigned" };
const RELEASED = { before: "assigned", next: "received" };
const OPEN = ["received", "assigned", "needs_info", "referred", "in_support"];

/**
 * @param {Row} row
 * @param {Change} change
 * @param {Who} who
 * @returns {Verdict}
 */
export function verdict(row, change, { me, lead }) {
  if (!OPEN.includes(row.state) && !(change.kind === "state" && row.state === "closed")) return "cannot";
  if (change.kind === "assignment") {
    if (row.assignee === change.to) return "same";
    return row.assignee === null || row.assignee === me || lead ? "done" : "held";
  }
  if (change.kind === "deadline") return row.due_on === change.dueOn ? "same" : "done";
  if (row.state === change.state) return "same";
  const may = [...choices(row.state)].includes(change.state);
  return may && needs(row.state, change.state).length === 0 ? "done" : "cannot";
}

/**
 * The rows that change, by how they stand now; and how many do not, each with why.
 * @param {Row[]} rows
 * @param {Change} change
 * @param {Who} who
 * @returns {{changing: Row[], from: Map<string, number>, left: Record<"same"|"held"|"cannot", number>}}
 */
export function preview(rows, change, who) {
  const changing = [];
  /** @type {Map<string, number>} */
  const from = new Map();
  const left = { same: 0, held: 0, cannot: 0 };
  for (const row of rows) {
    const said = verdict(row, change, who);
    if (said !== "done") left[said] += 1;
    else {
      changing.push(row);
      const before = standing(row, change);
      from.set(before, (from.get(before) ?? 0) + 1);
    }
  }
  return { changing, from, left };
}

/** @param {Row} row @param {Change} change @returns {string} what of it would be another: a login, a state, a day */
function standing(row, change) {
  return change.kind === "assignment" ? (row.assignee ?? "") : change.kind === "state" ? row.state : row.due_on;
}

/**
 * How a row stands once the portal has changed it.
 * @param {Row} row
 * @param {Change} change
 * @returns {Partial<Row>}
 */
export function after(row, change) {
  if (change.kind === "deadline") return { due_on: change.dueOn };
  if (change.kind === "state") return { state: change.state };
  const { before, next } = change.to === null ? RELEASED : TAKEN;
  return { assignee: change.to, state: row.state === before ? next : row.state };
}
