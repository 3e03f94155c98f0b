// What is looked for: in the address without typed words, in a saved view with them; and which rows it is true of.

import assert from "node:assert/strict";
import { test } from "node:test";
import { byRisk, isIn, isNamed, matching } from "../../static/js/pages/queue/chosen.js";
import { asksAnything, emptyQuery, readQuery, writtenQuery } from "../../static/js/pages/queue/query.js";
import { FORM } from "../../static/js/pages/queue/view_content.js";
import { partsOf } from "../../static/js/pages/queue/views.js";

test("an address says all but the words, and comes back as it was", () => {
  const query = {
    ...emptyQuery(),
    words: "https://secret.example/1",
    flags: ["threat", "danger"],
    harm: ["fear"],
    order: "risk",
  };
  const written = writtenQuery(query);
  assert.doesNotMatch(written, /secret/);
  assert.deepEqual(readQuery(`#${written}`), { ...query, words: "" });
  assert.equal(writtenQuery(emptyQuery()), "");
  assert.equal(asksAnything(emptyQuery()), false);
  assert.equal(asksAnything({ ...emptyQuery(), words: "  " }), false);
  assert.equal(asksAnything({ ...emptyQuery(), flags: ["again"] }), true);
});

test("an address that somebody made up asks for nothing strange", () => {
  assert.deepEqual(readQuery("#flags=<script>&order=other&view=x&harm=A B"), emptyQuery());
});

test("a view is sealed with its words, its name and whose it is, and nothing else", () => {
  /** @type {any} */
  const view = { v: 1, owner: "kim", name: "이번 주", query: "state=received#flags=threat&words=a%20b" };
  assert.deepEqual(FORM.parse(FORM.json(view)), view);
  const { filters, query } = partsOf(view.query);
  assert.deepEqual(filters, { state: "received", holder: "" });
  assert.deepEqual(query, { ...emptyQuery(), flags: ["threat"], words: "a b" });
  for (const wrong of [
    { ...view, name: "" },
    { ...view, owner: "Kim!" },
    { ...view, more: 1 },
    { ...view, name: "x".repeat(61) },
  ]) {
    assert.throws(() => FORM.json(wrong), { name: "FormatError" });
  }
});

test("rows by the address's own filters, by reference and by holder", () => {
  /** @type {any} */
  const row = { referral_id: "AbCdEf123", state: "assigned", assignee: "kim" };
  assert.equal(isIn(row, { state: "", holder: "", me: "kim" }), true);
  assert.equal(isIn(row, { state: "received", holder: "", me: "kim" }), false);
  assert.equal(isIn(row, { state: "", holder: "mine", me: "lee" }), false);
  assert.equal(isIn({ ...row, assignee: null }, { state: "", holder: "unassigned", me: "lee" }), true);
  assert.equal(isNamed(row, "AbCdEf"), true);
  assert.equal(isNamed(row, "Ki"), true);
  assert.equal(isNamed(row, "A"), false);
});

test("what is found: by content alone what summaries say, by words also what a row is called", async () => {
  const rows = ["one", "two", "three"].map((name) => ({
    referral_id: `${name}-id`,
    state: "received",
    assignee: null,
  }));
  /** @type {any} */
  const listing = { rows: new Map(rows.map((one) => [one.referral_id, one])), find: async () => new Set(["two-id"]) };
  const filters = { state: "", holder: "", me: "kim" };
  const found = async (/** @type {object} */ query) =>
    (await matching(listing, filters, { ...emptyQuery(), ...query })).map((one) => one.referral_id);
  assert.deepEqual(await found({ flags: ["threat"] }), ["two-id"]);
  assert.deepEqual(await found({ words: "one-" }), ["one-id", "two-id"]);
  assert.deepEqual(await found({ words: "one-", flags: ["threat"] }), ["two-id"]);
  assert.deepEqual(await found({ order: "risk" }), ["one-id", "two-id", "three-id"]);
});

test("risk first, and the queue's order among equals", () => {
  const rows = ["a", "b", "c", "d"].map((referral_id) => /** @type {any} */ ({ referral_id }));
  assert.deepEqual(
    byRisk(rows, { b: 16, c: 10, d: 0 }).map((one) => one.referral_id),
    ["b", "c", "a", "d"],
  );
});
