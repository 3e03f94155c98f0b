import assert from "node:assert/strict";
import { test } from "node:test";
import { emptyLetter, letterJson, parseLetter } from "../../static/js/domain/letter.js";
import { letterRows } from "../../static/js/pages/report/letter_rows.js";
import { fullLetter } from "./making.js";

/** Speaks keys and values themselves. */
const speak = {
  text: (/** @type {string} */ key, /** @type {Record<string, string | number>} */ values = {}) =>
    [key, ...Object.values(values)].join(" "),
  label: (/** @type {string} */ name, /** @type {string} */ value) => `${name}.${value}`,
};

test("an empty letter has nothing to show", () => {
  assert.deepEqual(letterRows(emptyLetter({ reportId: new Uint8Array(16), lang: "ko" }), speak), []);
});

test("everything that a person said is shown, read back from the bytes", () => {
  const letter = {
    ...fullLetter(),
    consent: { purposes: ["review"], pass_on: ["police"] },
    items: fullLetter().items.map((item) => ({
      ...item,
      place: "둘째 글",
      poster: "올린 이",
      title_keywords: "제목 말",
      commercial: "paid",
      first_seen: "2026-11",
      last_seen: "2026-11-20",
      posted: "2025",
      spread: "again",
    })),
  };
  const shown = JSON.stringify(letterRows(parseLetter(letterJson(letter)), speak));
  /** @param {unknown} value @returns {string[]} */
  const said = (value) =>
    typeof value === "string" ? [value] : value && typeof value === "object" ? Object.values(value).flatMap(said) : [];
  const { report_id, reply_key, log_key, lang, ...told } = letter;
  for (const word of said({ ...told, items: told.items.map(({ id, ...item }) => item) })) {
    assert.ok(shown.includes(word), word);
  }
  for (const secret of [report_id, reply_key, log_key]) assert.ok(!shown.includes(secret));
});

test("what was not answered is left out, not shown as «not stated»", () => {
  const letter = { ...emptyLetter({ reportId: new Uint8Array(16), lang: "ko" }), wishes: ["delete"] };
  assert.deepEqual(letterRows(letter, speak), [{ heading: "row_wishes", lines: ["wishes.delete"] }]);
});
