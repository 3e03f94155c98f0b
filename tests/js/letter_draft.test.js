import assert from "node:assert/strict";
import { test } from "node:test";
import { letterJson, parseLetter } from "../../static/js/domain/letter.js";
import { isUrgent, letterDraft } from "../../static/js/pages/report/letter_draft.js";
import { answersWith, blankAnswers, link } from "./report_answers.js";

const headings = { events: "있었던 일", worry: "걱정", note: "알아 둘 것" };
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
    [[address, "undisclosed"]],
  );
});

test("a place in words is a link without an address", () => {
  const [item] = draft(answersWith({}, [link(0, { place: "비공개 방", first_seen: "2026년 11월" })])).items;
  assert.deepEqual([item?.url, item?.kind, item?.place, item?.first_seen], [null, "none", "비공개 방", "2026-11"]);
});

test("one sentence is enough: it is an item that every organisation reads", () => {
  const [item] = draft(answersWith({ sentence: "사진이 퍼지고 있어요" })).items;
  assert.deepEqual([item?.url, item?.kind, item?.place], [null, "none", "사진이 퍼지고 있어요"]);
});

test("no contact wanted is no contact in the letter", () => {
  assert.equal(draft(answersWith({ channel: "none", contact_address: "left over" })).contact, null);
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
