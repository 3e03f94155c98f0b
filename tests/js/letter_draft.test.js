import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { emptyItem, letterJson, parseLetter } from "../../static/js/domain/letter.js";
import { isUrgent, letterDraft } from "../../static/js/pages/report/letter_draft.js";
import { answersWith, blankAnswers, link } from "./report_answers.js";

const headings = { seen: "본 것", events: "있었던 일", worry: "걱정", note: "알아 둘 것" };
const ids = { reportId: new Uint8Array(16).fill(9), sentenceId: new Uint8Array(16).fill(8) };

/** @param {import("../../static/js/pages/report/answers.js").Answers} answers */
function draft(answers) {
  const letter = letterDraft({ answers, ...ids, lang: "ko", headings });
  return parseLetter(letterJson(letter)); // whatever was answered, it is a letter
}

const FULL = {
  role: "sibling",
  proxy: "no",
  age_group: "14_to_18",
  relation: "unknown",
  harm: ["threat", "distribution"],
  material: ["deepfake"],
  threat_kinds: ["money"],
  threat_ongoing: "yes",
  threat_deadline: " 내일까지 ",
  danger: "no",
  identity_leak: ["school"],
  incident_place: "온라인",
  language: "vi",
  region: "busan",
  disability: ["easy_korean"],
  wishes: ["delete"],
  prior: ["platform_report", "police_report"],
  prior_reference: "2026-77",
  offender_name: "늑대",
  offender_handles: "@a\n\n  @b  \n",
  offender_text: "",
  account_events: "첫 줄\n둘째 줄",
  account_worry: "",
  account_note: "밤에는 안 돼요",
  channel: "text_message",
  contact_address: "010-0000-0000",
  safe_hours: "낮",
  avoid: "기관 이름",
};

test("nothing answered is an empty letter, everything undisclosed", () => {
  const letter = draft(blankAnswers());
  assert.deepEqual(
    [letter.items, letter.harm, letter.account, letter.offender, letter.contact],
    [[], [], null, null, null],
  );
  assert.deepEqual(new Set(Object.values(letter.reporter)), new Set(["undisclosed"]));
  assert.equal(isUrgent(letter), false);
});

test("every answer has its place in the letter", () => {
  const letter = draft(answersWith(FULL));
  assert.deepEqual(letter.reporter, { role: "sibling", age_group: "14_to_18", proxy: "no", relation: "unknown" });
  assert.deepEqual(letter.threat, { kinds: ["money"], ongoing: "yes", deadline: "내일까지" });
  assert.deepEqual(letter.help, { language: "vi", disability: ["easy_korean"], danger: "no", region: "busan" });
  assert.deepEqual(letter.offender, { name: "늑대", handles: ["@a", "@b"], text: "" });
  assert.deepEqual(letter.contact, {
    channel: "text_message",
    address: "010-0000-0000",
    safe_hours: "낮",
    avoid: "기관 이름",
  });
  assert.deepEqual(
    [letter.harm, letter.material, letter.identity_leak],
    [FULL.harm, FULL.material, FULL.identity_leak],
  );
  assert.deepEqual([letter.wishes, letter.incident_place], [["delete"], "온라인"]);
});

test("only the account questions that were answered are in the account, each under its heading", () => {
  assert.equal(draft(answersWith(FULL)).account?.text, "[있었던 일]\n첫 줄\n둘째 줄\n\n[알아 둘 것]\n밤에는 안 돼요");
});

test("the one case number belongs to the police report", () => {
  assert.deepEqual(draft(answersWith(FULL)).prior, [
    { kind: "platform_report", reference: "" },
    { kind: "police_report", reference: "2026-77" },
  ]);
});

test("an address is kept as it was typed; blank links are left out", () => {
  const address = "HTTPS://Example.com:443/a/../가?b=2&a=1#x";
  const letter = draft(
    answersWith({}, [link(0, { address: ` ${address}\n` }), link(1, { address: "  " }), link(2, {})]),
  );
  assert.deepEqual(
    letter.items.map(({ url, kind }) => [url, kind]),
    [[address, "page"]],
  );
});

test("a kind that nobody chose is the one that the address shows; a chosen one, or one left open, stays", () => {
  const address = "https://www.instagram.com/someone";
  const kinds = {
    undisclosed: "account",
    "": "account",
    forum: "forum",
    not_known: "undisclosed",
    not_said: "undisclosed",
  };
  for (const [chosen, kind] of Object.entries(kinds)) {
    const [item] = draft(answersWith({}, [link(0, { address, kind: chosen })])).items;
    assert.equal(item?.kind, kind, String(chosen));
  }
  const [words] = draft(answersWith({}, [link(0, { address: "주소는 몰라요" })])).items;
  assert.deepEqual([words?.url, words?.kind], ["주소는 몰라요", "undisclosed"]);
});

test("a place in words is a link without an address", () => {
  const [item] = draft(answersWith({}, [link(0, { place: "비공개 방", first_seen: "2026년 11월" })])).items;
  assert.deepEqual([item?.url, item?.kind, item?.place, item?.first_seen], [null, "none", "비공개 방", "2026-11"]);
});

test("one sentence is enough: it is an item that every organisation reads", () => {
  const [item] = draft(answersWith({ sentence: "사진이 퍼지고 있어요" })).items;
  assert.deepEqual([item?.url, item?.kind, item?.place], [null, "none", "사진이 퍼지고 있어요"]);
});

/** Every question with an answer that occurs nowhere else. @type {Record<string, string | string[]>} */
const ONE_ANSWER = {
  danger: "yes", spread_now: "again", threat_kinds: ["meeting"], threat_ongoing: "yes", threat_deadline: "열 시까지",
  address: "https://canary.test/", kind: "cloud", place: "어디엔가", poster: "@poster", title_keywords: "제목",
  spread: "not_yet", first_seen: "2021", last_seen: "2022", posted: "2023", commercial: "crypto", sentence: "한 문장",
  harm: ["grooming"], material: ["deepfake"], incident_place: "숙박업소", identity_leak: ["school"], role: "agent",
  proxy: "yes", age_group: "14_to_18", language: "vi", region: "jeju", disability: ["sign_language"],
  wishes: ["record_only"], prior: ["counselling"], prior_reference: "2026-77", relation: "casual",
  offender_name: "늑대", offender_handles: "@wolf", offender_text: "키가 커요", account_seen: "본 이야기",
  account_events: "겪은 이야기", account_worry: "걱정 이야기", account_note: "당부 이야기", channel: "messenger",
  contact_address: "@me", safe_hours: "새벽", avoid: "병원",
}; // biome-ignore format: one list

test("every question ends in the field of the letter that the rules name", () => {
  const { questions } = JSON.parse(readFileSync(new URL("../../app/data/questions.json", import.meta.url), "utf8"));
  const ofLinks = Object.keys(emptyItem(new Uint8Array(16))).map((name) => (name === "url" ? "address" : name));
  for (const { name, letter: path } of questions) {
    const answer = ONE_ANSWER[name] ?? assert.fail(name);
    /** @type {Record<string, string | string[]>} */
    const fields = ofLinks.includes(name) ? {} : { prior: ["counselling"], channel: "messenger", [name]: answer };
    const links = [link(0, { address: "https://a.test/", ...(ofLinks.includes(name) ? { [name]: answer } : {}) })];
    const found = [path.split(".").reduce(step, draft(answersWith(fields, links)))].flat(2);
    const said = Array.isArray(answer) ? answer[0] : answer;
    assert.ok(
      found.some((/** @type {string} */ value) => String(value).includes(said ?? "")),
      `${name}: ${found}`,
    );
  }
});

/** @param {any} value @param {string} name */
function step(value, name) {
  return Array.isArray(value) ? value.map((one) => one[name]) : value[name];
}

test("a question left open, in either way, is no answer", () => {
  for (const open of ["not_known", "not_said", "undisclosed", ""]) {
    const letter = draft(
      answersWith({ danger: open, role: open, region: open, channel: open }, [link(0, { address: "a", kind: open })]),
    );
    assert.deepEqual([letter.help.danger, letter.reporter.role, letter.help.region, letter.contact], [
      "undisclosed", "undisclosed", "undisclosed", null,
    ]); // biome-ignore format: one list
    assert.equal(letter.items[0]?.kind, "undisclosed");
  }
  assert.equal(draft(answersWith({ relation: "unknown" })).reporter.relation, "unknown");
});

test("what was said of all of it holds for each place of which nothing else was said", () => {
  const places = [link(0, { address: "a" }), link(1, { address: "b", spread: "not_yet" })];
  const spreads = draft(answersWith({ spread_now: "spreading" }, places)).items.map(({ spread }) => spread);
  assert.deepEqual(spreads, ["spreading", "not_yet"]);
});

test("text of every kind is kept as it was typed", () => {
  const odd =
    "가나다 👩‍👩‍👧‍👦 שלום ‏עברית \u200b\u200d\ufeff\u202e뒤집힘\u202c \u0000\u0007\u001b[31m \u0301e \u2028\u2029끝";
  const long = "긴 글 ".repeat(5000).trim();
  const letter = draft(answersWith({ sentence: odd, account_events: long, offender_name: odd, incident_place: odd }));
  assert.deepEqual([letter.items[0]?.place, letter.offender?.name, letter.incident_place], [odd, odd, odd]);
  assert.ok(letter.account?.text.endsWith(long));
  assert.equal(draft(answersWith({ sentence: "반쪽 \ud83d 글" })).items[0]?.place, "반쪽 \ufffd 글");
});

test("no contact wanted is no contact in the letter", () => {
  assert.equal(draft(answersWith({ channel: "none", contact_address: "left over" })).contact, null);
  assert.equal(draft(answersWith({ channel: "phone", contact_address_open: ["not_known"] })).contact, null);
});

for (const [name, fields, urgent] of /** @type {const} */ ([
  ["a threat that goes on", { threat_ongoing: "yes" }, true],
  ["a date that was named", { threat_deadline: "금요일" }, true],
  ["danger", { danger: "yes" }, true],
  ["a threat that is over", { threat_ongoing: "no" }, false],
  ["an answer not given", { danger: "undisclosed" }, false],
])) {
  test(`urgent: ${name} is ${urgent}`, () => assert.equal(isUrgent(draft(answersWith(fields))), urgent));
}
