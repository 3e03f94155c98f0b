import assert from "node:assert/strict";
import { before, test } from "node:test";
import { DAY } from "../../static/js/domain/opening_hours.js";
import { openNow, usual } from "../../static/js/pages/opening_words.js";

const WEEKDAYS = "Mo,Tu,We,Th,Fr 09:00-18:00";

before(() => {
  const texts = {
    every_day: "매일",
    all_day: "24시간",
    next_morning: "{times} (다음 날 아침)",
    open_now: "열려 있어요",
    closed_now: "{day} {time}에 열어요",
  };
  // @ts-expect-error: as much of a page as words need
  globalThis.document = { body: { dataset: { texts: JSON.stringify(texts) } } };
});

test("hours are said in words, as tests/forms/test_opening_words.py has them", () => {
  assert.equal(usual("", "ko"), "");
  assert.equal(usual(WEEKDAYS, "ko"), "월–금 09:00–18:00");
  assert.equal(usual(WEEKDAYS, "en"), "Mon–Fri 09:00–18:00");
  assert.equal(usual("Mo,Tu 09:00-12:30; Sa 10:00-15:00", "ko"), "월·화 09:00–12:30, 토 10:00–15:00");
  assert.equal(usual("Mo,We,Fr 09:00-18:00", "en"), "Mon·Wed·Fri 09:00–18:00");
  assert.equal(usual("Mo,Tu,We,Th,Fr,Sa,Su 00:00-24:00", "ko"), "매일 24시간");
  assert.equal(usual("Sa 22:00-06:00", "ko"), "토 22:00–06:00 (다음 날 아침)");
});

test("whether it is open, and when it opens", () => {
  assert.equal(openNow("", 0, "ko"), "");
  assert.equal(openNow(WEEKDAYS, 0, "ko"), "월요일 09:00에 열어요");
  assert.equal(openNow(WEEKDAYS, 9 * 60, "ko"), "열려 있어요");
  assert.equal(openNow(WEEKDAYS, 18 * 60, "en"), "Tuesday 09:00에 열어요");
  assert.equal(openNow(WEEKDAYS, 5 * DAY, "ko"), "월요일 09:00에 열어요");
});
