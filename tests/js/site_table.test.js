/** Sites as tables: round trips in either language, one clear error for what is wrong, and what a list would change. */

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { csvRows, csvText } from "../../static/js/domain/csv.js";
import { edited, FORM } from "../../static/js/domain/directory_record.js";
import { emptyStep } from "../../static/js/domain/record_steps.js";
import { COLUMNS, sitesOf, TableFault, tableOf } from "../../static/js/domain/site_table.js";
import { compared, emptySite, entryFor, siteOf } from "../../static/js/domain/sites.js";
import { REGISTRATIONS, SITE_KINDS } from "../../static/js/domain/vocabulary.js";
import { FormatError } from "../../static/js/errors.js";
import { sitesOf as proposed } from "../../static/js/pages/requests/proposals.js";

const WORDS = {
  ko: {
    site_columns: { domain: "도메인", service: "서비스 종류", operator: "운영자", abuse: "신고 연락처" },
    site_kinds: { file_share: "웹하드", unknown: "모름" },
    registrations: { unregistered: "미등록", unknown: "모름" },
  },
  en: { site_columns: { domain: "Domain", operator: "Operator" }, site_kinds: { file_share: "File sharing" } },
};
const text = fc.string({ unit: "grapheme", maxLength: 40 }).map((typed) => typed.trim());
const site = fc.record(
  {
    domain: fc.domain().map(siteOf),
    service: fc.constantFrom(...SITE_KINDS),
    operator: text,
    abuse: text,
    jurisdiction: text,
    hosting: text,
    registration: fc.constantFrom(...REGISTRATIONS),
    breaches: text,
    last_answer: text,
    last_answer_on: fc.constantFrom(/** @type {string|null} */ (null), "2026-11-22"),
  },
  { noNullPrototype: true },
);
const sites = fc.uniqueArray(site, { maxLength: 8, selector: ({ domain }) => domain });

/** @param {string[][]} rows */
function faultOf(rows) {
  try {
    sitesOf(rows, WORDS);
  } catch (error) {
    assert.ok(error instanceof TableFault);
    return [error.key, error.row];
  }
  return assert.fail("taken");
}

test("what is saved as a table comes back, formulas and quotes too, in either language", () => {
  fc.assert(
    fc.property(sites, fc.constantFrom("ko", "en", "fr"), (listed, language) => {
      const written = csvText(tableOf(listed, WORDS, language));
      assert.deepEqual(sitesOf(csvRows(written), WORDS), listed);
    }),
  );
});

test("no cell of a saved table is a formula", () => {
  const one = { ...emptySite("a.example"), operator: "=cmd|' /C calc'!A0", abuse: "@x", breaches: "+1", hosting: "-1" };
  for (const line of csvText(tableOf([one], WORDS, "ko"))
    .split("\r\n")
    .slice(1)) {
    assert.doesNotMatch(line, /(^|,)"[=+\-@]/);
  }
});

test("whatever is wrong stops the whole table, and is named", () => {
  const row = ["a.example", "운영사"];
  assert.deepEqual(faultOf([]), ["no_domain_column", 0]);
  assert.deepEqual(faultOf([["operator"], ["운영사"]]), ["no_domain_column", 0]);
  assert.deepEqual(faultOf([["domain", "victim"], row]), ["unknown_column", 0]);
  assert.deepEqual(faultOf([["domain", "도메인"], row]), ["column_twice", 0]);
  assert.deepEqual(faultOf([["domain", "operator"], row, ["nothing here", ""]]), ["bad_domain", 3]);
  assert.deepEqual(faultOf([["domain"], ["a.example"], ["https://www.a.example/x"]]), ["domain_twice", 3]);
  assert.deepEqual(
    faultOf([
      ["domain", "service"],
      ["a.example", "casino"],
    ]),
    ["bad_cell", 2],
  );
  assert.deepEqual(
    faultOf([
      ["domain", "last_answer_on"],
      ["a.example", "2026-02-30"],
    ]),
    ["bad_cell", 2],
  );
  assert.deepEqual(
    faultOf([
      ["domain", "operator"],
      ["a.example", "x".repeat(201)],
    ]),
    ["bad_cell", 2],
  );
  assert.deepEqual(
    faultOf([
      ["domain", "operator"],
      [...row, "more"],
    ]),
    ["too_many_cells", 2],
  );
});

test("any table at all is taken or refused, and nothing else happens", () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.oneof(text, fc.constantFrom("domain", "운영자", "a.example")))), (rows) => {
      try {
        for (const one of sitesOf(rows, WORDS)) assert.equal(siteOf(one.domain), one.domain);
      } catch (error) {
        assert.ok(error instanceof TableFault);
      }
    }),
  );
});

test("what is empty or unknown in a list leaves what is known, and what is retired stays so", () => {
  fc.assert(
    fc.property(sites, sites, (own, other) => {
      const known = new Map(own.map((one, at) => [one.domain, { site: one, retired: at === 0 }]));
      const { added, changed, same, retired } = compared(known, other);
      assert.equal(added.length + changed.length + same + retired.length, other.length);
      for (const { site: merged } of changed) {
        const before = known.get(merged.domain)?.site;
        for (const column of COLUMNS) if (before?.[column] && before[column] !== "unknown") assert.ok(merged[column]);
      }
      const after = new Map(known);
      for (const { site: merged } of changed) after.set(merged.domain, { site: merged, retired: false });
      assert.deepEqual(compared(after, other).changed, [], "taken over once, nothing is left to take over");
    }),
  );
});

test("an address belongs to its own host, or to the nearest above it", () => {
  const of = (/** @type {string} */ domain) => ({ site: emptySite(domain) });
  const known = [of("share.example"), of("file.share.example"), of("example")];
  assert.equal(entryFor(known, "hxxps://www.file.share[.]example/a")?.site.domain, "file.share.example");
  assert.equal(entryFor(known, "https://x.share.example/")?.site.domain, "share.example");
  assert.equal(entryFor(known, "https://othershare.example/"), known[2]);
  assert.equal(entryFor(known.slice(0, 2), "https://othershare.example/"), null);
  assert.equal(entryFor(known, "magnet:?xt=urn:btih:x"), null);
  const items = [
    { id: "1", url: "https://share.example/1" },
    { id: "2", url: "https://share.example/2" },
  ];
  const source = /** @type {any} */ ({
    items: ["1", "2"],
    held: { items: [...items, { id: "3", url: "https://example/" }] },
  });
  assert.deepEqual(
    proposed([source], known).map(({ domain }) => domain),
    ["share.example"],
  );
});

test("an entry keeps who changed what, and takes no step that the table does not allow", () => {
  const who = { on: "2026-11-22", by: "min-ji" };
  /** @type {any} */
  const entry = {
    v: 1,
    site: emptySite("a.example"),
    note: "",
    source: null,
    edits: [],
    steps: [emptyStep("draft", who.on, who.by)],
  };
  assert.deepEqual(FORM.parse(FORM.json(entry)), entry);
  assert.equal(edited(entry, { site: { ...entry.site } }, who), entry);
  const changed = edited(entry, { site: { ...entry.site, abuse: "x@a.example" }, note: "메모" }, who);
  assert.deepEqual(changed.edits, [{ ...who, fields: ["abuse", "note"] }]);
  assert.ok(FORM.json(changed));
  const step = (/** @type {string} */ state, more = {}) => ({ ...emptyStep(state, who.on, who.by), ...more });
  for (const steps of [[step("active")], [step("draft"), step("active")], [step("draft"), step("reviewed")]]) {
    assert.throws(() => FORM.json({ ...entry, steps }), FormatError);
  }
  assert.ok(FORM.json({ ...entry, steps: [step("draft"), step("reviewed", { day: who.on }), step("active")] }));
});
