/** Texts that are filled in the browser: nothing without the consent in force, nobody named who did not agree to it. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { DEADLINES } from "../../static/js/data/deadlines.js";
import { REQUEST_TEMPLATES } from "../../static/js/data/request_templates.js";
import { ITEM_STATES, ORGANISATION_KINDS, PURPOSES } from "../../static/js/domain/vocabulary.js";
import { askedOf, hashOf, memoHash, memoOf } from "../../static/js/pages/requests/asked.js";
import { daysAfter, requestDue, roomRule, ruleOf } from "../../static/js/pages/requests/deadline.js";
import { filled, isCovered, linksOf, mayName } from "../../static/js/pages/requests/filling.js";

/** @type {import("../../static/js/pages/requests/filling.js").Template[]} */
const TEMPLATES = REQUEST_TEMPLATES.templates;
const template = (/** @type {string} */ id) => /** @type {any} */ (TEMPLATES.find((one) => one.id === id));
const ID = "AAAAAAAAAAAAAAAAAAAAAA";
const CANARIES = ["canary-contact", "canary-offender", "canary-place", "canary-handle"];

/** @param {string[]} purposes @param {string[]} pass_on @param {any[]} messages @returns {any} */
function source(purposes, pass_on, messages = []) {
  const item = {
    id: ID,
    url: "https://reported.example/a?b=$&c",
    kind: "post",
    place: "",
    poster: "poster-x",
    title_keywords: "제목 낱말",
    commercial: "paid",
    first_seen: "2026-11",
    last_seen: "undisclosed",
    posted: "undisclosed",
  };
  const letter = {
    lang: "ko",
    material: ["deepfake"],
    harm: ["distribution"],
    threat: { kinds: ["money"], ongoing: "yes", deadline: "" },
    incident_place: "canary-place",
    consent: { purposes, pass_on },
    offender: { name: "canary-offender", handles: ["canary-handle"], text: "" },
    contact: { channel: "phone", address: "canary-contact", safe_hours: "", avoid: "" },
  };
  return { referral: ID, items: [ID], held: { letter, items: [item], messages, opening: { sealed_hash: "HASH" } } };
}

/** @param {any} changes @returns {any} */
const told = (changes = {}) => ({
  today: "2026-11-22",
  organisation: "센터",
  operator: "운영사",
  contact: "02",
  policeNumber: "",
  hosting: "",
  history: "",
  remaining: "",
  identity: true,
  confirmed: false,
  label: (/** @type {string} */ _name, /** @type {string} */ value) => value,
  none: "(없음)",
  ...changes,
});

test("each template names what it may be used for, what the links become and by when, all of it known", () => {
  const rules = [...DEADLINES.statutory, ...DEADLINES.own_waits].map((/** @type {any} */ rule) => rule.name);
  for (const one of TEMPLATES) {
    assert.ok(["", ...PURPOSES].includes(one.purpose), one.id);
    assert.ok(["", ...ORGANISATION_KINDS].includes(one.identity), one.id);
    assert.ok(["", ...ITEM_STATES].includes(one.item_state), one.id);
    assert.ok(["", ...rules].includes(one.deadline), one.id);
    assert.ok(one.name.ko && one.name.en && one.basis.ko && one.verified_on, one.id);
    assert.ok(one.texts.length > 0 && one.texts.every(({ lines, subject }) => lines.length > 0 && subject), one.id);
  }
});

test("every place in a template is one that is filled or stays a blank line", () => {
  for (const one of TEMPLATES) {
    for (const { lang: language } of one.texts) {
      const words = filled(one, language, [source(["deletion", "police"], ["police"])], told({ history: "날짜" }));
      assert.doesNotMatch(words, /[{}]|undefined|null/, `${one.id} ${language}`);
    }
  }
});

test("nobody is named in what goes to an operator, whatever was agreed to", () => {
  for (const one of TEMPLATES.filter(({ kind }) => kind !== "police")) {
    for (const { lang: language } of one.texts) {
      const words = filled(one, language, [source([...PURPOSES], [...ORGANISATION_KINDS])], told({ confirmed: true }));
      for (const canary of CANARIES) assert.ok(!words.includes(canary), `${one.id} ${language} ${canary}`);
    }
  }
});

test("the police's package says of people only what consent covers, and contact only where it is asked for", () => {
  const police = template("police_package");
  const agreed = source(["police"], ["police"]);
  const whole = filled(police, "ko", [agreed], told());
  for (const said of [...CANARIES, "poster-x", "HASH", "money"]) assert.ok(whole.includes(said), said);
  assert.ok(!filled(police, "ko", [agreed], told({ identity: false })).includes("canary-contact"));
  for (const [purposes, pass_on] of [
    [["deletion"], ["police"]],
    [["police"], []],
    [[], []],
  ]) {
    const other = source(/** @type {string[]} */ (purposes), /** @type {string[]} */ (pass_on));
    const words = filled(police, "ko", [other], told({ confirmed: true }));
    for (const canary of CANARIES) assert.ok(!words.includes(canary), `${purposes} ${pass_on} ${canary}`);
    assert.ok(words.includes("reported.example"));
  }
});

test("a referral whose consent does not cover a purpose gives no link, until whoever writes says that she agreed", () => {
  const mail = template("abuse_mail");
  const other = source(["counselling"], []);
  assert.equal(isCovered(mail, other), false);
  assert.deepEqual(linksOf(mail, [other], false), []);
  assert.ok(!filled(mail, "ko", [other], told()).includes("reported.example"));
  assert.ok(filled(mail, "ko", [other], told({ confirmed: true })).includes("https://reported.example/a?b=$&c"));
});

test("the consent in force counts, not the first one", () => {
  const said = { purposes: [], pass_on: [] };
  const message = { direction: "to_organisation", content: { consent: said } };
  const changed = source(["police", "deletion"], ["police"], [message]);
  assert.equal(isCovered(template("abuse_mail"), changed), false);
  assert.equal(mayName(template("police_package"), changed), false);
});

test("days by rule, and what stands behind the # of an address", () => {
  assert.equal(daysAfter("2026-12-30", 3), "2027-01-02");
  assert.equal(requestDue("sent", "2026-11-22", ruleOf("take_it_down_removal")), "2026-11-24");
  assert.equal(requestDue("removed", "2026-11-22", ruleOf("operator_answer")), null);
  assert.equal(requestDue("sent", "2026-11-22", ruleOf("no such rule")), null);
  assert.ok((roomRule("warning_recommended")?.days ?? 0) > 0);
  const asked = [{ referral: ID, items: [ID, ID] }];
  assert.deepEqual(askedOf(hashOf(asked)), asked);
  assert.deepEqual(askedOf("#of=x:y;<script>"), []);
  assert.deepEqual(memoOf(memoHash([ID])), [ID]);
  assert.deepEqual([askedOf("#memo=x"), memoOf("#of=x")], [[], []]);
});

test("an address that several people reported stands once: how many they are is told to nobody", () => {
  const sources = [source(["deletion"], []), { ...source(["deletion"], []), referral: "B".repeat(22) }];
  for (const id of ["statutory_form", "abuse_mail", "take_it_down_notice"]) {
    const words = filled(template(id), "ko", sources, told());
    assert.equal(words.split("https://reported.example/a?b=$&c").length, 2, id);
  }
});
