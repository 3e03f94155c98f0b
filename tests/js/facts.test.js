import assert from "node:assert/strict";
import { test } from "node:test";
import { emptyLetter } from "../../static/js/domain/letter.js";
import { factsOf } from "../../static/js/pages/referral/facts.js";

const labels = (/** @type {string} */ name, /** @type {string} */ value) => `${name}:${value}`;
/** @type {{purposes: string[], pass_on: string[]}} */
const nothing = { purposes: [], pass_on: [] };

/** @param {Record<string, unknown>} [said] @param {typeof nothing} [consent] */
function facts(said = {}, consent = nothing) {
  const letter = { ...emptyLetter({ reportId: new Uint8Array(16), lang: "ko" }), ...said };
  const rows = factsOf(letter, consent, labels);
  return new Map(rows.map((row) => [row.name, row]));
}

test("an empty letter shows only what matters also when nothing was said", () => {
  assert.deepEqual([...facts().keys()], ["who", "age", "harm", "wishes", "consent", "pass_on"]);
});

test("under nineteen is urgent and carries the duty; nineteen and unsaid do not", () => {
  const reporter = { role: "victim", age_group: "14_to_18", proxy: "undisclosed", relation: "undisclosed" };
  const young = facts({ reporter }).get("age");
  assert.deepEqual([young?.urgent, young?.note], [true, "under_19"]);
  assert.deepEqual(young?.values, ["age_groups:14_to_18"]);
  const grown = facts({ reporter: { ...reporter, age_group: "19_or_over" } }).get("age");
  assert.deepEqual([grown?.urgent, grown?.note], [false, ""]);
});

test("a threat presses unless there is none or it stopped; its deadline is the reporter's own words", () => {
  const threat = { kinds: ["money"], ongoing: "yes", deadline: "금요일" };
  const rows = facts({ threat });
  assert.equal(rows.get("threat")?.urgent, true);
  assert.deepEqual(rows.get("threat")?.values, ["threat_kinds:money", "text:ongoing_yes"]);
  assert.deepEqual(rows.get("threat_deadline")?.quoted, ["금요일"]);
  assert.equal(facts({ threat: { ...threat, ongoing: "no" } }).get("threat")?.urgent, false);
  assert.equal(facts({ threat: { ...threat, kinds: ["none"] } }).get("threat")?.urgent, false);
});

test("words to avoid come before all that is not danger; the contact's address is not among the facts", () => {
  const contact = { channel: "phone", address: "010-1234-5678", safe_hours: "낮", avoid: "그 이름" };
  const rows = [...facts({ contact }).values()];
  assert.equal(rows[0]?.name, "avoid");
  assert.equal(JSON.stringify(rows).includes("010-1234-5678"), false);
});

test("neither account nor offender is among the facts", () => {
  const rows = facts({ account: { text: "비밀 하나" }, offender: { name: "비밀 둘", handles: [], text: "" } });
  assert.equal(JSON.stringify([...rows.values()]).includes("비밀"), false);
});

test("the consent shown is the one in force", () => {
  const rows = facts(
    { consent: { purposes: ["police"], pass_on: ["police"] } },
    { purposes: ["deletion"], pass_on: [] },
  );
  assert.deepEqual(rows.get("consent")?.values, ["purposes:deletion"]);
  assert.deepEqual(rows.get("pass_on")?.values, []);
});

test("a consent that was changed after the letter says so, one that was only said again does not", () => {
  const letter = { consent: { purposes: ["deletion"], pass_on: [] } };
  assert.equal(facts(letter, { purposes: ["deletion"], pass_on: [] }).get("consent")?.note, "");
  const changed = facts(letter, { purposes: [], pass_on: ["police"] });
  assert.deepEqual(
    [changed.get("consent")?.note, changed.get("pass_on")?.note],
    ["changed_consent", "changed_consent"],
  );
});
