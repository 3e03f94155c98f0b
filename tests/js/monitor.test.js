/** A monitoring group's links: gathered once each, split into letters that fit, sealed as ordinary reports, sent once. */

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { FORM, letters } from "../../static/js/domain/batch_record.js";
import { letterFor } from "../../static/js/domain/compartment.js";
import { csvText } from "../../static/js/domain/csv.js";
import { LIMITS, letterJson } from "../../static/js/domain/letter.js";
import { RECORD_BUCKETS } from "../../static/js/domain/sealed_length.js";
import { b64uEncode, utf8 } from "../../static/js/domain/wire.js";
import { FormatError } from "../../static/js/errors.js";
import { gathered, NoColumn, rowsInFile, rowsPasted } from "../../static/js/pages/monitor/gathering.js";
import { letterOf, ReceiverGone, sealedBody } from "../../static/js/pages/monitor/letter.js";

const row = fc.record({
  url: fc.oneof(fc.webUrl(), fc.string({ unit: "grapheme", minLength: 1, maxLength: 2000 })),
  place: fc.string({ maxLength: 30 }),
  poster: fc.string({ maxLength: 30 }),
});
const ID = b64uEncode(new Uint8Array(16).fill(7));
const bytes = (/** @type {string} */ text) => utf8(text, "");

/** @param {any} [changes] @returns {any} */
const batch = (changes = {}) => ({
  v: 1,
  batch: ID,
  number: 1,
  of: 1,
  on: "2026-11-22",
  to: ["centre"],
  lang: "ko",
  report_id: ID,
  code: "0".repeat(24),
  rows: [{ url: "https://a.example/1", place: "", poster: "" }],
  sent_on: null,
  ...changes,
});

test("every link is in one letter, and every letter fits its record and has no more links than a letter may", () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 120 }), (rows) => {
      const made = letters(rows);
      assert.deepEqual(made.flat(), rows);
      for (const own of made) {
        assert.ok(FORM.json(batch({ rows: own })).length <= Math.max(...RECORD_BUCKETS) - 4);
        assert.ok(letterJson(letterOf(batch({ rows: own }), "단체")).length > 0);
      }
    }),
    { numRuns: 20 },
  );
  const many = Array.from({ length: 1200 }, (_, at) => ({ url: `https://a.example/${at}`, place: "", poster: "" }));
  assert.deepEqual(
    letters(many).map((own) => own.length),
    [500, 500, 200],
  );
  assert.equal(LIMITS.items, 500);
});

test("a record comes back, and nothing else is taken", () => {
  assert.deepEqual(FORM.parse(FORM.json(batch())), batch());
  for (const wrong of [
    { to: [] },
    { to: ["a", "a"] },
    { rows: [] },
    { code: "1" },
    { number: 0 },
    { lang: "fr" },
    { extra: 1 },
  ]) {
    assert.throws(() => FORM.json(batch(wrong)), FormatError, JSON.stringify(wrong));
  }
});

test("links come out of a text, a table in UTF-8 or CP949, or a plain list", () => {
  const of = (/** @type {string} */ url, place = "", poster = "") => ({ url, place, poster });
  assert.deepEqual(rowsPasted("여기요 https://a.example/1 그리고 hxxp://b[.]example/2"), [
    of("https://a.example/1"),
    of("hxxp://b[.]example/2"),
  ]);
  const table = csvText([
    ["게시자", "주소", "메모"],
    ["=cmd", "https://a.example/1", "x"],
    ["", "", "y"],
  ]);
  assert.deepEqual(rowsInFile(bytes(table)), [of("https://a.example/1", "", "=cmd")]);
  const cp949 = Uint8Array.from([0xc1, 0xd6, 0xbc, 0xd2, 0x0a, ...bytes("https://a.example/1\n")]);
  assert.deepEqual(rowsInFile(cp949), [of("https://a.example/1")]);
  assert.deepEqual(rowsInFile(bytes("https://a.example/1\nhttps://b.example/\n")), [
    of("https://a.example/1"),
    of("https://b.example/"),
  ]);
  assert.throws(() => rowsInFile(bytes("name,phone\nx,010\n")), NoColumn);
  assert.throws(() => rowsInFile(bytes(`url\n${"https://a.example/\n".repeat(10_001)}`)), FormatError);
  assert.throws(() => rowsInFile(Uint8Array.from([0xff, 0x00, 0x81])), FormatError);
});

test("each address goes out once, however it is spelled, and not again what went out before", () => {
  const rows = ["https://a.example/1", "http://www.a.example/1", "https://b.example/", "no address"].map((url) => ({
    url,
    place: "",
    poster: "",
  }));
  const { rows: fresh, twice, before } = gathered(rows, ["https://b.example"]);
  assert.deepEqual([fresh.map(({ url }) => url), twice, before], [["https://a.example/1", "no address"], 1, 1]);
});

test("the letter says that an organisation reports, names the group only where words may be read, and nobody else", async () => {
  const letter = letterOf(batch(), "가나 모임");
  assert.equal(letter.reporter.role, "organisation");
  assert.deepEqual(
    [letter.contact, letter.offender, letter.harm, letter.consent],
    [null, null, [], { purposes: [], pass_on: [] }],
  );
  const consent = { purposes: ["review"], pass_on: [] };
  const read = letterFor({ kind: "commission", letter, consent, allowedCompartments: [] });
  assert.deepEqual([read.account, read.reporter.role, read.items.length], [null, "organisation", 1]);
  const gone = sealedBody({ batch: batch(), account: "", portalId: new Uint8Array(16), directory: new Map() });
  await assert.rejects(gone, ReceiverGone);
});
