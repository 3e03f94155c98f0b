import assert from "node:assert/strict";
import { test } from "node:test";
import { emptyItem, emptyLetter } from "../../static/js/domain/letter.js";
import { utf8, utf8Decode } from "../../static/js/domain/wire.js";
import { FormatError } from "../../static/js/errors.js";
import { parseSummary, summaryJson, summaryOf } from "../../static/js/pages/queue/summary_content.js";
import { flagsOf, summaryLine } from "../../static/js/pages/queue/summary_line.js";

const labels = (/** @type {string} */ name, /** @type {string} */ value) => `${name}:${value}`;

/** @param {string|null} url @param {Record<string, unknown>} [said] */
function item(url, said = {}) {
  return { ...emptyItem(crypto.getRandomValues(new Uint8Array(16))), url, kind: "page", ...said };
}

/** @param {any[]} items @param {Record<string, unknown>} [said] */
function summarise(items, said = {}) {
  const letter = emptyLetter({ reportId: new Uint8Array(16), lang: "ko" });
  return summaryOf({ ...letter, harm: ["threat", "distribution"], account: { text: "secret words" }, ...said }, items);
}

test("a summary comes back as it was, and holds nothing that was typed", async () => {
  const summary = await summarise([
    item("https://Secret.example/words", { poster: "secret poster" }),
    item(null),
    item("no url"),
  ]);
  const json = summaryJson(summary);
  assert.deepEqual(parseSummary(json), summary);
  assert.doesNotMatch(utf8Decode(json), /secret/i);
  assert.equal(summary.links, 3);
  assert.deepEqual(
    summary.tags.url.map((tag) => tag.length),
    [11, 0, 0],
  );
});

test("one address written in two ways has one tag, another has another", async () => {
  const { tags } = await summarise([
    item("https://www.example.kr/a?utm_source=x"),
    item("http://example.kr/a/"),
    item("https://example.kr/b"),
  ]);
  assert.equal(tags.url[0], tags.url[1]);
  assert.notEqual(tags.url[0], tags.url[2]);
  assert.equal(tags.site[0], tags.site[2]);
});

test("what is not exactly a summary is refused", async () => {
  const summary = await summarise([item("https://example.kr/a")]);
  const broken = [
    { ...summary, note: "typed" },
    { ...summary, role: "a person" },
    { ...summary, links: 2 },
    { ...summary, tags: { ...summary.tags, url: ["not a tag"] } },
  ];
  for (const wrong of broken) assert.throws(() => parseSummary(utf8(JSON.stringify(wrong))), FormatError);
  assert.throws(() => summaryJson(/** @type {any} */ (broken[0])), FormatError);
});

test("the line names who, age, what and how many, and leaves out what is not known", async () => {
  const reporter = { role: "sibling", age_group: "undisclosed", proxy: "undisclosed", relation: "undisclosed" };
  const summary = await summarise([item(null)], { reporter, material: ["deepfake"] });
  const line = summaryLine(summary, labels, "1 link");
  assert.equal(line, "reporter_roles:sibling · harms:threat, harms:distribution · materials:deepfake · 1 link");
});

test("flags come most pressing first", async () => {
  const said = {
    reporter: { role: "victim", age_group: "under_14", proxy: "undisclosed", relation: "undisclosed" },
    threat: { kinds: ["share"], ongoing: "undisclosed", deadline: "" },
    help: { language: "ko", disability: [], danger: "yes", region: "undisclosed" },
  };
  const summary = await summarise([item(null, { spread: "spreading" }), item(null, { spread: "again" })], said);
  assert.deepEqual(flagsOf(summary), ["danger", "under_19", "threat", "spreading", "again"]);
  assert.deepEqual(flagsOf(await summarise([])), []);
});
