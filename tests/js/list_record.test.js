// Lists that others gave: read from what spreadsheets write, compared in one form, sealed in parts that records hold.

import assert from "node:assert/strict";
import { test } from "node:test";
import { RECORD_BUCKETS } from "../../static/js/crypto/padding.js";
import { fileText } from "../../static/js/domain/csv.js";
import { FORM, inParts } from "../../static/js/domain/list_record.js";
import { b64uEncode, utf8 } from "../../static/js/domain/wire.js";
import { FormatError } from "../../static/js/errors.js";
import { readList } from "../../static/js/pages/matches/list_reading.js";
import { listsOf } from "../../static/js/pages/matches/lists.js";

const SET = b64uEncode(new Uint8Array(16).fill(7));
/** @param {any} [changes] @returns {any} */
const list = (changes = {}) => ({
  v: 1,
  set: SET,
  part: 1,
  parts: 1,
  kind: "poster",
  title: "명단",
  source: "regulator",
  received_on: "2026-11-20",
  note: "",
  rows: [{ canonical: "share.example/bad", note: "" }],
  ...changes,
});
const names = (/** @type {any} */ read) => read.rows.map((/** @type {any} */ row) => row.canonical);
const refusal = (/** @type {string} */ field) => (/** @type {unknown} */ error) =>
  error instanceof FormatError && error.field === field;

test("accounts, sites and addresses come out in the form in which they are compared", () => {
  const table = "사이트,계정,비고\r\nwww.Share.example,@Bad-Guy,큰 것\r\nhttps://share.example/,bad-guy,또\r\n";
  const read = readList(table, "poster");
  assert.deepEqual(read.rows, [{ canonical: "share.example/bad-guy", note: "큰 것" }]);
  assert.equal(read.repeated, 1);
  assert.deepEqual(names(readList("share.example/bad-guy\nhttps://share.example/@second\n", "poster")), [
    "share.example/bad-guy",
    "share.example/second",
  ]);
  assert.deepEqual(names(readList("hxxps[:]//www.share[.]example/a/b\nother.example", "site")), [
    "share.example",
    "other.example",
  ]);
  assert.deepEqual(names(readList("address;note\nhttps://a.example/1?b=2&a=1;x", "url")), [
    "https://a.example/1?a=1&b=2",
  ]);
});

test("CP949 is read, and what is in none of the encodings is refused", () => {
  // "계정" and "가" in CP949
  const bytes = new Uint8Array([0xb0, 0xe8, 0xc1, 0xa4, 0x0a, ...utf8("share.example/"), 0xb0, 0xa1, 0x0a]);
  assert.deepEqual(names(readList(fileText(bytes), "poster")), ["share.example/가"]);
  assert.throws(() => fileText(new Uint8Array([0xff, 0xff, 0xff])), refusal("encoding"));
});

test("a wrong table, fifty thousand rows, an open quote, nothing at all: one clear refusal each", () => {
  const many = Array.from({ length: 50_000 }, (_, at) => `s${at}.example`).join("\n");
  assert.throws(() => readList(many, "site"), refusal("rows"));
  assert.throws(() => readList("a,b,c\n1,2,3\n", "site"), refusal("columns"));
  assert.throws(() => readList("이름\n홍길동\n", "site"), refusal("columns"));
  assert.throws(() => readList('site\n"a.example\n', "site"), refusal("quotes"));
  for (const nothing of ["", "\n \n".replaceAll(" ", ""), "\ufeff"]) {
    assert.throws(() => readList(nothing, "site"), refusal("empty"));
  }
});

test("formulas are left out by their line, and the rest goes on", () => {
  const table = 'site\na.example\n"=HYPERLINK(""https://x"")"\n\'=1+1\nb.example\n';
  const read = readList(table, "site");
  assert.deepEqual(names(read), ["a.example", "b.example"]);
  assert.deepEqual(read.refused, [
    { line: 3, why: "formula" },
    { line: 4, why: "formula" },
  ]);
});

test("any text at all is read, or refused with a word for it", () => {
  const pieces = [
    "a.example",
    "=",
    "@",
    "'",
    '"',
    ",",
    ";",
    "\t",
    "\n",
    "\r",
    "계정",
    "site",
    "\0",
    "\ud800",
    "/",
    "{}",
    " ",
  ];
  let state = 5;
  const next = (/** @type {number} */ below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  for (let turn = 0; turn < 3000; turn += 1) {
    const text = Array.from({ length: next(14) }, () => pieces[next(pieces.length)]).join("");
    for (const kind of /** @type {const} */ (["poster", "site", "url"])) {
      try {
        const read = readList(text, kind);
        FORM.json(list({ kind, rows: read.rows }));
        assert.equal(new Set(names(read)).size, read.rows.length);
      } catch (error) {
        assert.ok(error instanceof FormatError, JSON.stringify(text));
        assert.ok(
          ["rows", "columns", "quotes", "empty"].includes(error.field),
          `${error.field} ${JSON.stringify(text)}`,
        );
      }
    }
  }
});

test("what is written is read, and nothing else is", () => {
  assert.deepEqual(FORM.parse(FORM.json(list())), list());
  const row = { canonical: "a.example/b", note: "" };
  const wrong = [
    { v: 2 },
    { kind: "photo" },
    { source: "" },
    { received_on: "2026-02-30" },
    { title: "" },
    { rows: [] },
    { rows: [row, row] },
    { rows: [{ canonical: "", note: "" }] },
    { part: 2, parts: 1 },
    { part: 0 },
    { set: "short" },
    { more: 1 },
  ];
  for (const changes of wrong) assert.throws(() => FORM.json(list(changes)), FormatError, JSON.stringify(changes));
  for (const bytes of [utf8("[]"), utf8("null"), utf8(" {}"), new Uint8Array([0xff])]) {
    assert.throws(() => FORM.parse(bytes), FormatError);
  }
});

test("a long list goes into parts that records hold, and comes back whole, or is said not to be", () => {
  const rows = Array.from({ length: 5000 }, (_, at) => ({
    canonical: `s${at}.example/가${at}`,
    note: "메모".repeat(20),
  }));
  const parts = inParts(rows);
  assert.ok(parts.length > 1);
  const most = /** @type {number} */ (RECORD_BUCKETS.at(-1));
  const opened = parts.map((own, at) => {
    const content = list({ part: at + 1, parts: parts.length, rows: own, note: "가".repeat(1000) });
    assert.ok(FORM.json(content).length < most);
    return /** @type {any} */ ({ recordId: String(at), version: 1, by: "min-ji", at: "2026-11-20T00:00:00Z", content });
  });
  const [whole] = listsOf(opened.toReversed());
  assert.deepEqual(whole?.rows, rows);
  assert.equal(whole?.whole, true);
  assert.equal(listsOf(opened.slice(1))[0]?.whole, false);
  assert.equal(listsOf([{ ...opened[0], content: null }]).length, 0);
  assert.deepEqual(inParts([]), []);
});
