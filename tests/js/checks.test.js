import assert from "node:assert/strict";
import { test } from "node:test";
import { letterJson } from "../../static/js/domain/letter.js";
import { filledCompartments, problemsOf } from "../../static/js/pages/report/checks.js";
import { faultOf } from "../../static/js/pages/report/fault.js";
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

test("a report has eight letters at most", () => {
  const organisations = Array.from({ length: 9 }, (_, n) => ({
    slug: `c${n}`,
    kind: "support_centre",
    fields: { sensitive: ["yes"] },
  }));
  const links = [link(0, { address: "a.test" })];
  const problem = { step: "organisations", id: "organisations", key: "choose_fewer" };
  assert.deepEqual(problemsOf({ ...blankAnswers(), links, organisations }), [problem]);
  assert.deepEqual(problemsOf({ ...blankAnswers(), links, organisations: organisations.slice(1) }), []);
});

test("sensitive content takes a consent of its own, for each organisation that is chosen", () => {
  /** @type {import("../../static/js/pages/report/answers.js").ConsentAnswers[]} */
  const organisations = [
    { slug: "one", kind: "police", fields: {} },
    { slug: "two", kind: "support_centre", fields: { sensitive: ["yes"] } },
  ];
  const links = [link(0, { address: "a.test" })];
  const problem = { step: "organisations", id: "organisation-one-sensitive", key: "sensitive_missing" };
  assert.deepEqual(problemsOf({ ...blankAnswers(), links, organisations }), [problem]);
  const child = { role: "victim", age_group: "under_14" };
  assert.deepEqual(problemsOf({ ...blankAnswers(), fields: child, links, organisations }), []);
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

test("numbers that nobody needs are found, in addresses only where they cannot be anything else", () => {
  assert.equal(faultOf("제 번호는 990101-2345678", 1000), "resident_number");
  assert.equal(faultOf("카드 4111 1111 1111 1111", 1000), "card_number");
  assert.equal(faultOf("010-1234-5678", 1000), "");
  assert.equal(faultOf("https://a.test/4111111111111111", 1000, true), "");
  assert.equal(faultOf("https://a.test/?who=990101-2345678", 1000, true), "resident_number");
});

test("what is too long is said, and what just fits makes a letter", () => {
  assert.deepEqual(keys({ sentence: "가".repeat(1001) }), ["sentence: too_long"]);
  assert.deepEqual(keys({}, [link(0, { address: `https://a.test/${"a/".repeat(4096)}` })]), [
    "link-0-address: too_long",
  ]);
  const most = {
    account_events: "가".repeat(20_000),
    account_worry: "나".repeat(28_999),
    account_note: "다",
  };
  assert.deepEqual(keys(most), []);
  assert.deepEqual(keys({ ...most, account_note: "둘다" }), ["account_worry: too_long"]);
  const heading = "머리말";
  const headings = { seen: heading, events: heading, worry: heading, note: heading };
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
  assert.deepEqual(keys({ channel: "phone", contact_address_open: ["not_said"] }), []);
  assert.deepEqual(keys({ channel: "none" }), []);
});

for (const [role, policy, stops] of /** @type {const} */ ([
  ["victim", "help_lines", true],
  ["", "help_lines", true],
  ["undisclosed", "help_lines", true],
  ["legal_guardian", "help_lines", false],
  ["victim", "links_only", false],
  ["victim", "open", false],
])) {
  test(`under 14, reported by «${role}», ${policy}: ${stops ? "help lines" : "goes on"}`, () => {
    const answers = answersWith({ role, age_group: "under_14" }, [link(0, { address: "https://a.test/" })]);
    const found = problemsOf({ ...answers, policy }).map(({ id, key }) => `${id}: ${key}`);
    assert.deepEqual(found, stops ? ["age_group: under_14"] : []);
  });
}

test("from a child of whom no words are taken, a tick is enough", () => {
  const child = { role: "victim", age_group: "under_14" };
  assert.deepEqual(keys(child, [link(0, {})]), ["link-0-address: link_or_sentence"]);
  assert.deepEqual(keys({ ...child, threat_kinds: ["none"] }, [link(0, {})]), ["link-0-address: link_or_sentence"]);
  assert.deepEqual(keys({ ...child, threat_kinds: ["money"] }, [link(0, {})]), []);
  assert.deepEqual(keys({ age_group: "14_to_18", harm: ["threat"] }, [link(0, {})]), [
    "link-0-address: link_or_sentence",
  ]);
});

test("consent is asked only for parts with something in them", () => {
  assert.deepEqual(filledCompartments({}), { account: false, offender: false, contact: false });
  assert.deepEqual(filledCompartments({ account_note: "x", offender_handles: "@a", channel: "phone" }), {
    account: true,
    offender: true,
    contact: true,
  });
  for (const channel of ["none", "undisclosed", "not_known"]) {
    assert.equal(filledCompartments({ channel }).contact, false);
  }
});
