import assert from "node:assert/strict";
import { test } from "node:test";
import {
  addedOn,
  consentOf,
  itemsOf,
  lastSeen,
  threadOf,
  withdrawalIn,
} from "../../static/js/pages/referral/thread.js";

/** @param {string} message_id @param {Record<string, unknown>|null} content @returns {any} */
function message(message_id, content, direction = "to_organisation") {
  const empty = { after: null, kind: "text", items: [], consent: null, when: null };
  return { message_id, direction, content: content === null ? null : { ...empty, ...content } };
}

test("a message whose sender had seen one that is not here shows a gap", () => {
  const thread = threadOf([
    message("a", {}),
    message("b", { after: "a" }),
    message("c", { after: "x" }),
    message("d", null),
  ]);
  assert.deepEqual(
    thread.map(({ gap }) => gap),
    [false, false, true, false],
  );
});

test("a message that comes after one further down is out of order", () => {
  assert.equal(threadOf([message("b", { after: "a" }), message("a", {})])[0]?.gap, true);
});

test("the next message comes after the last one", () => {
  assert.equal(lastSeen([message("a", {}), message("b", {}, "to_reporter")]), "b");
  assert.equal(lastSeen([]), null);
});

test("only the reporter withdraws", () => {
  const said = message("a", { kind: "withdrawal", when: "72h" });
  assert.equal(withdrawalIn([said, message("b", {})])?.message_id, "a");
  assert.equal(withdrawalIn([{ ...said, direction: "to_reporter" }]), null);
});

test("later links join those of the letter, each once, the first word on it kept", () => {
  const later = message("a", {
    kind: "items",
    items: [
      { id: "2", url: "changed" },
      { id: "3", url: "new" },
    ],
  });
  const items = itemsOf(
    [
      { id: "1", url: "one" },
      { id: "2", url: "two" },
    ],
    [later],
  );
  assert.deepEqual(items, [
    { id: "1", url: "one" },
    { id: "2", url: "two" },
    { id: "3", url: "new" },
  ]);
  assert.equal(itemsOf([], [{ ...later, direction: "to_reporter" }]).length, 0);
});

test("links that came after the letter are known by the first day on which they came", () => {
  const later = message("a", { kind: "items", items: [{ id: "2" }, { id: "3" }] });
  const days = [
    { ...later, received_on: "2026-11-23" },
    { ...message("b", { items: [{ id: "3" }] }), received_on: "2026-11-24" },
    { ...message("c", { items: [{ id: "4" }] }, "to_reporter"), received_on: "2026-11-24" },
    { ...message("d", null), received_on: "2026-11-24" },
  ];
  assert.deepEqual([...addedOn([{ id: "1" }, { id: "2" }], days)], [["3", "2026-11-23"]]);
});

test("the consent in force is the last that the reporter gave", () => {
  const letter = { purposes: ["deletion"], pass_on: [] };
  const changed = { purposes: [], pass_on: [] };
  assert.equal(consentOf(letter, []), letter);
  assert.equal(consentOf(letter, [message("a", { consent: changed }), message("b", {})]), changed);
  assert.equal(consentOf(letter, [message("a", { consent: changed }, "to_reporter")]), letter);
});
