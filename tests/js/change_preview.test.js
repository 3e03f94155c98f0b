// What a change of several says beforehand is what the portal then does: by state, by holder, by day.

import assert from "node:assert/strict";
import { test } from "node:test";
import { REFERRAL_STATES } from "../../static/js/domain/vocabulary.js";
import { after, preview, verdict } from "../../static/js/pages/queue/change_preview.js";

const ME = { me: "me", lead: false };
/** @param {object} [changes] @returns {any} */
const row = (changes) => ({ state: "received", assignee: null, due_on: "2026-11-25", ...changes });

test("handing on: mine and nobody's, what others hold only by a lead, nothing that is over", () => {
  /** @type {import("../../static/js/pages/queue/change_preview.js").Change} */
  const change = { kind: "assignment", to: "other" };
  assert.equal(verdict(row(), change, ME), "done");
  assert.equal(verdict(row({ assignee: "me", state: "assigned" }), change, ME), "done");
  assert.equal(verdict(row({ assignee: "third", state: "assigned" }), change, ME), "held");
  assert.equal(verdict(row({ assignee: "third", state: "assigned" }), change, { ...ME, lead: true }), "done");
  assert.equal(verdict(row({ assignee: "other", state: "assigned" }), change, ME), "same");
  for (const state of ["withdrawn", "destroyed"]) assert.equal(verdict(row({ state }), change, ME), "cannot");
  assert.deepEqual(after(row(), change), { assignee: "other", state: "assigned" });
  assert.deepEqual(after(row({ state: "in_support" }), { kind: "assignment", to: null }), {
    assignee: null,
    state: "in_support",
  });
});

test("a state: where the table allows it without a reason", () => {
  const able = (/** @type {string} */ state) =>
    REFERRAL_STATES.filter((old) => verdict(row({ state: old }), { kind: "state", state }, ME) === "done");
  assert.deepEqual(able("in_support").toSorted(), ["assigned", "closed", "needs_info", "referred"]);
  assert.deepEqual(able("closed"), []);
  assert.deepEqual(able("withdrawn"), []);
});

test("a day, and how many of each stay as they are", () => {
  const rows = [row(), row({ due_on: "2026-12-01" }), row({ state: "closed" }), row({ due_on: "2026-11-24" })];
  const { changing, from, left } = preview(rows, { kind: "deadline", dueOn: "2026-12-01" }, ME);
  assert.equal(changing.length, 2);
  assert.deepEqual(
    [...from],
    [
      ["2026-11-25", 1],
      ["2026-11-24", 1],
    ],
  );
  assert.deepEqual(left, { same: 1, held: 0, cannot: 1 });
});
