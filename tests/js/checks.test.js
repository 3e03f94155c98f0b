import assert from "node:assert/strict";
import { test } from "node:test";
import { letterJson } from "../../static/js/domain/letter.js";
import { faultOf, filledCompartments, problemsOf } from "../../static/js/pages/report/checks.js";
import { letterDraft } from "../../static/js/pages/report/letter_draft.js";
import { answersWith, blankAnswers, link } from "./report_answers.js";

/** @param {Record<string, string | string[]>} fields @param {ReturnType<typeof link>[]} [links] */
const keys = (fields, links = [link(0, { address: "https://a.test/" })]) =>
  problemsOf(answersWith(fields, links)).map(({ id, key }) => `${id}: ${key}`);

test("one address and one organisation are a whole report", () => assert.deepEqual(keys({}), []));

test("one sentence is a whole report", () => assert.deepEqual(keys({ sentence: "도와주세요" }, [link(0, {})]), []));

test("own words are a whole report", () => assert.deepEqual(keys({ account_worry: "x" }, [link(0, {})]), []));

test("nothing at all asks for a link or a sentence, at the first link", () => {
  assert.deepEqual(keys({}, [link(3, {})]), ["link-3-address: link_or_sentence"]);
});

test("no organisation chosen is asked for", () => {
  const problems = problemsOf({ ...blankAnswers(), links: [link(0, { address: "a.test" })], organisations: [] });
  assert.deepEqual(problems, [{ step: "organisations", id: "organisations", key: "choose_one" }]);
});

const PICTURE = `data:image/png;base64,${"A".repeat(40)}`;
const LONG_RUN = "QUJD".repeat(80);

test("a picture written as text is found in every field that takes text", () => {
  const texts = [
    "sentence", "threat_deadline", "prior_reference", "offender_name", "offender_text", "offender_handles",
    "account_events", "account_worry", "account_note", "incident_place", "safe_hours", "avoid",
  ]; // biome-ignore format: one list
  for (const name of texts) assert.deepEqual(keys({ [name]: `앞 ${LONG_RUN} 뒤` }), [`${name}: image_text`], name);
  const places = ["address", "place", "poster", "title_keywords"];
  for (const name of places) {
    assert.deepEqual(keys({ sentence: "x" }, [link(0, { [name]: PICTURE })]), [`link-0-${name}: image_text`], name);
  }
});

for (const [text, isAddress, found] of /** @type {const} */ ([
  ["990101-2345678", false, true],
  ["제 번호는 990101 - 2345678 이에요", false, true],
  ["9901012345678", false, true],
  ["９９０１０１－２３４５６７８", false, true],
  ["010-1234-5678", false, false],
  ["991301-2345678", false, false],
  ["990101-9345678", false, false],
  ["1990101234567800", false, false],
  ["2026-11-22 13:00", false, false],
  ["https://a.test/status/1712251234567", true, false],
  ["https://a.test/?who=990101-2345678", true, true],
])) {
  test(`${found ? "a" : "no"} resident number: ${text}`, () => {
    assert.equal(faultOf(text, 1000, isAddress), found ? "resident_number" : "");
  });
}

test("what is too long is said, and what just fits makes a letter", () => {
  assert.deepEqual(keys({ sentence: "가".repeat(1001) }), ["sentence: too_long"]);
  assert.deepEqual(keys({}, [link(0, { address: `https://a.test/${"a/".repeat(4096)}` })]), [
    "link-0-address: too_long",
  ]);
  const most = {
    account_events: "가".repeat(16_000),
    account_worry: "나".repeat(16_000),
    account_note: "다".repeat(16_000),
  };
  assert.deepEqual(keys(most), []);
  const heading = "머리말";
  const headings = { events: heading, worry: heading, note: heading };
  const parts = { reportId: new Uint8Array(16), sentenceId: new Uint8Array(16), lang: /** @type {const} */ ("ko") };
  assert.ok(letterJson(letterDraft({ answers: answersWith(most), headings, ...parts })).length > 100_000);
});

test("fifty lines of accounts fit, fifty-one do not", () => {
  assert.deepEqual(keys({ offender_handles: "@a\n".repeat(50) }), []);
  assert.deepEqual(keys({ offender_handles: "@a\n".repeat(51) }), ["offender_handles: too_many_lines"]);
});

test("a date that cannot be read is asked for once more", () => {
  assert.deepEqual(keys({}, [link(0, { address: "a", posted: "어제쯤" })]), ["link-0-posted: rough_date"]);
});

test("a way of contact needs an address for it, and none needs none", () => {
  assert.deepEqual(keys({ channel: "phone" }), ["contact_address: contact_missing"]);
  assert.deepEqual(keys({ channel: "phone", contact_address: "010" }), []);
  assert.deepEqual(keys({ channel: "none" }), []);
});

for (const [role, stops] of /** @type {const} */ ([
  ["victim", true],
  ["", true],
  ["undisclosed", true],
  ["legal_guardian", false],
  ["third_party", false],
])) {
  test(`under 14, reported by «${role}»: ${stops ? "help lines" : "goes on"}`, () => {
    assert.deepEqual(keys({ role, age_group: "under_14" }), stops ? ["age_group: under_14"] : []);
  });
}

test("consent is asked only for parts with something in them", () => {
  assert.deepEqual(filledCompartments({}), { account: false, offender: false, contact: false });
  assert.deepEqual(filledCompartments({ account_note: "x", offender_handles: "@a", channel: "phone" }), {
    account: true,
    offender: true,
    contact: true,
  });
  assert.equal(filledCompartments({ channel: "none" }).contact, false);
});
