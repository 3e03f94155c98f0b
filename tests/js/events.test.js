import assert from "node:assert/strict";
import { test } from "node:test";
import { emptyItem } from "../../static/js/domain/letter.js";
import { emptyMessage } from "../../static/js/domain/message_content.js";
import { b64uEncode } from "../../static/js/domain/wire.js";
import { letterOf } from "../../static/js/pages/follow_up/addition.js";
import { eventsOf, linkEvents } from "../../static/js/pages/follow_up/events.js";
import { everyLink, linksOf } from "../../static/js/pages/follow_up/links.js";

const id = (/** @type {number} */ n) => b64uEncode(new Uint8Array(16).fill(n));

/** @param {Partial<import("../../static/js/domain/message_content.js").MessageContent>} said @param {any} [more] */
function message(said, more = {}) {
  const content = { ...emptyMessage({ kind: said.kind ?? "text", sentOn: "2026-11-23", after: null }), ...said };
  return { id: id(99), direction: "to_reporter", receivedOn: "2026-11-23", content, ...more };
}

/** @param {any[]} messages @param {any} [more] @returns {any} */
function thread(messages, more = {}) {
  const standing = { state: "received", stateOn: "2026-11-22", receivedOn: "2026-11-22", openedOn: null };
  return { ...standing, items: [], messages, referredBy: null, slug: "centre", size: 1, ...more };
}

/** @param {any} one */
const told = (one) => eventsOf(one).map(({ on, kind, state, n, source }) => [on, kind, state || n, source]);

test("a letter that nobody opened has come, and nothing else", () => {
  assert.deepEqual(told(thread([])), [["2026-11-22", "stage", "received", "portal"]]);
});

test("what the organisation signed is told apart from what only the portal notes", () => {
  const states = [
    { item: null, state: "in_support" },
    { item: id(1), state: "removed" },
    { item: id(2), state: "removed" },
  ];
  const signed = message({ kind: "state", states });
  const more = { state: "in_support", stateOn: "2026-11-23", openedOn: "2026-11-22" };
  assert.deepEqual(told(thread([signed], more)), [
    ["2026-11-22", "stage", "received", "portal"],
    ["2026-11-22", "stage", "opened", "portal"],
    ["2026-11-23", "stage", "in_support", "organisation"],
    ["2026-11-23", "links", "removed", "organisation"],
  ]);
  const claimed = { ...more, state: "closed", stateOn: "2026-11-25" };
  assert.deepEqual(told(thread([signed], claimed)).at(-1), ["2026-11-25", "stage", "closed", "portal"]);
});

test("what this person did herself is there, and her withdrawal is not said a second time by the portal", () => {
  const mine = { direction: "to_organisation" };
  const items = [emptyItem(new Uint8Array(16)), emptyItem(new Uint8Array(16).fill(1))];
  const messages = [
    message({ kind: "items", items }, mine),
    message({ kind: "text", text: "x" }, mine),
    message({ kind: "text", text: "y" }),
    message({ kind: "withdrawal", when: "72h" }, mine),
  ];
  assert.deepEqual(told(thread(messages, { state: "withdrawn", stateOn: "2026-11-23" })).slice(1), [
    ["2026-11-23", "items", 2, "me"],
    ["2026-11-23", "reply", 0, "organisation"],
    ["2026-11-23", "withdrawal", 0, "me"],
  ]);
});

test("a day that cannot be is not believed: before the person's own report, or after the message came", () => {
  for (const sent_on of ["2026-10-01", "2027-01-01"]) {
    const signed = message({ kind: "state", sent_on, states: [{ item: id(1), state: "removed" }] });
    const link = { id: id(1), state: "removed", stateOn: "2026-11-23" };
    assert.deepEqual(linkEvents(thread([signed]), link), [
      { on: "2026-11-23", state: "removed", source: "organisation" },
    ]);
  }
});

test("an address that came back has all its days", () => {
  const said = (/** @type {string} */ state) => message({ kind: "state", states: [{ item: id(1), state }] });
  const messages = [said("requested_operator"), said("removed")];
  const link = { id: id(1), state: "reappeared", stateOn: "2026-12-01" };
  assert.deepEqual(
    linkEvents(thread(messages), link).map(({ state, source }) => [state, source]),
    [
      ["requested_operator", "organisation"],
      ["removed", "organisation"],
      ["reappeared", "portal"],
    ],
  );
});

test("an address that was added to one organisation later is not in another's list", () => {
  const own = [
    { id: id(1), url: "https://a.test/1" },
    { id: id(2), url: "https://a.test/2" },
  ];
  const added = { ...emptyItem(new Uint8Array(16).fill(2)), url: "https://a.test/2" };
  const centre = thread([message({ kind: "items", items: [added] }, { direction: "to_organisation" })]);
  const police = thread([]);
  const later = thread([], { receivedOn: "2026-11-24" });
  const all = [centre, police, later];
  const numbers = (/** @type {any} */ one) => linksOf(one, own, all).map(({ n, url }) => [n, url]);
  assert.deepEqual(numbers(centre), [
    [1, "https://a.test/1"],
    [2, "https://a.test/2"],
  ]);
  assert.deepEqual(numbers(police), [[1, "https://a.test/1"]]);
  assert.equal(numbers(later).length, 2);
  assert.deepEqual(everyLink(null, all), [{ id: id(2), url: "https://a.test/2" }]);
});

test("a letter to one more organisation has every known address, one sentence, and own words if there are any", () => {
  const keys = /** @type {any} */ ({ reportId: new Uint8Array(16) });
  const own = /** @type {any} */ ({ items: [{ id: id(1), url: "https://a.test/1" }], organisations: [] });
  const visit = /** @type {any} */ ({ keys, own, threads: [thread([])] });
  const typed = { lang: /** @type {const} */ ("ko"), sentence: "한 문장", account: "", sentenceId: new Uint8Array(16) };
  const letter = letterOf(visit, typed);
  assert.deepEqual(
    letter.items.map(({ url, place, kind }) => [url, place, kind]),
    [
      ["https://a.test/1", "", "undisclosed"],
      [null, "한 문장", "none"],
    ],
  );
  assert.equal(letter.account, null);
  assert.deepEqual(letterOf(visit, { ...typed, account: "이야기" }).account, { text: "이야기" });
});
