import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const usual = JSON.parse(readFileSync(new URL("../../app/data/expectations.json", import.meta.url), "utf8"));
const expected = Object.fromEntries(
  ["referral", "item"].map((kind) => [
    kind,
    Object.fromEntries(
      Object.entries(usual[kind]).map(([stage, { next, days, paused }]) => [
        stage,
        { next: next.ko, days: days === null ? "" : String(days), paused: paused ? "yes" : "" },
      ]),
    ),
  ]),
);
const texts = JSON.stringify({
  expected,
  delayed: "늦어지고 있습니다",
  usually_by: "보통 {on}까지",
  commission_paused: "{on}부터 알 수 없습니다",
});
const page = { body: { dataset: { texts } }, documentElement: { lang: "ko" } };
Object.assign(globalThis, { document: page });
const { linkOutlook, outlookWords, threadOutlook } = await import("../../static/js/pages/follow_up/outlook_words.js");

const silent = { hours: { ko: "", en: "" }, away: { ko: "", en: "" }, away_until: null, commission_paused_on: null };

/** @param {any} [more] @returns {any} */
function thread(more = {}) {
  const letter = { state: "received", stateOn: "2026-11-22", openedOn: null, dueOn: "2026-11-25", reach: silent };
  return { ...letter, ...more };
}

test("a letter is hoped to be opened by the portal's own day; after it, it is late and no day is named", () => {
  const { stage, next, outlook } = threadOutlook(thread(), "2026-11-25");
  assert.deepEqual([stage, outlook], ["received", { by: "2026-11-25", late: false }]);
  assert.equal(next, usual.referral.received.next.ko);
  assert.equal(outlookWords(outlook), "보통 2026년 11월 25일까지");
  assert.equal(outlookWords(threadOutlook(thread(), "2026-11-26").outlook), "늦어지고 있습니다");
});

test("an organisation that is away is late by its own word, where anything was to come from it", () => {
  const reach = { ...silent, away: { ko: "휴무입니다", en: "" } };
  assert.deepEqual(threadOutlook(thread({ reach }), "2026-11-22").outlook, { by: null, late: true });
  const asks = thread({ reach, state: "needs_info" });
  assert.deepEqual(threadOutlook(asks, "2026-11-22").outlook, { by: null, late: false });
});

test("what was opened is reckoned from the day on which it was opened", () => {
  const { stage, since, outlook } = threadOutlook(thread({ openedOn: "2026-11-24" }), "2026-11-24");
  assert.deepEqual([stage, since, outlook.by], ["opened", "2026-11-24", "2026-11-27"]);
});

test("nobody who was hurt is given a deadline, and times that are not kept are not named", () => {
  assert.equal(outlookWords(threadOutlook(thread({ state: "needs_info" }), "2027-11-22").outlook), "");
  const review = linkOutlook({ state: "requested_commission", stateOn: "2026-11-22" }, "2026-11-22");
  assert.deepEqual(review.outlook, { by: null, late: true });
  assert.equal(
    linkOutlook({ state: "requested_operator", stateOn: "2026-11-22" }, "2026-11-22").outlook.by,
    "2026-12-06",
  );
});

test("where an organisation says that the commission is not to be had, no day is promised and the reason is said", () => {
  const link = { state: "requested_commission", stateOn: "2026-11-22" };
  const { next, outlook } = linkOutlook(link, "2026-11-22", "2026-06-04");
  assert.deepEqual(outlook, { by: null, late: true });
  assert.match(next, /2026년 6월 4일/);
  const other = { state: "requested_operator", stateOn: "2026-11-22" };
  assert.equal(linkOutlook(other, "2026-11-22", "2026-06-04").outlook.by, "2026-12-06");
});
