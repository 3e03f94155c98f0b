import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { csvRows } from "../../static/js/domain/csv.js";
import { CODES } from "../../static/js/pages/links/codes.js";
import { linesOf, NotRead, previewOf } from "../../static/js/pages/links/importing.js";
import { listCsv, listJson, listOf, sha256Of } from "../../static/js/pages/links/list_file.js";
import { LinkWork } from "../../static/js/pages/links/work.js";
import { aLink, NotingPost } from "./a_link.js";

const bytes = (/** @type {string} */ text) => new TextEncoder().encode(text);
const word = (/** @type {string} */ name, /** @type {string} */ value) =>
  name === "decision" ? (CODES.find(({ id }) => id === value)?.name.ko ?? "") : value;
const why = (/** @type {string} */ text) => {
  try {
    linesOf(bytes(text));
  } catch (error) {
    return error instanceof NotRead ? [error.why, ...error.columns].join(" ") : String(error);
  }
  return "";
};

function desk(count = 4) {
  const work = new LinkWork(new NotingPost());
  work.add(Array.from({ length: count }, (_, at) => aLink(at + 1)));
  work.show(() => true);
  return work;
}

/** @param {LinkWork} work */
function listed(work) {
  const organisation = { ko: "기관", en: "Organisation" };
  const what = { links: work.shown, decisions: work.decisions, organisation, madeAt: "2026-11-22T00:00:00Z" };
  return listOf({ ...what, reason: "commission" });
}

test("a list says what was decided and nothing else of the letters, with counts that add up", () => {
  const work = desk();
  work.decide(/** @type {any} */ (work.shown[0]), "not_applicable", "=1+1");
  /** @type {any} */ (work.shown[1]).url = "=cmd|' /C calc'!A0";
  const list = listed(work);
  const json = JSON.parse(listJson(list));
  assert.deepEqual(json.counts, { links: 4, states: { reported: 4 } });
  assert.equal(JSON.stringify(json).includes('"referral'), false);
  const rows = csvRows(listCsv(list, "ko", word));
  assert.deepEqual(
    [rows.length, rows[0]?.[0], rows[1]?.at(-2), rows[1]?.at(-1)],
    [5, "링크 번호표", "해당없음", "=1+1"],
  );
  assert.equal(/"[=+@-]/.test(listCsv(list, "ko", word)), false);
});

test("the JSON is as its schema says", () => {
  const schema = JSON.parse(readFileSync(new URL("../../docs/link_list.schema.json", import.meta.url), "utf8"));
  const work = desk();
  work.decide(/** @type {any} */ (work.shown[0]), "blocked");
  const json = JSON.parse(listJson(listed(work)));
  assert.deepEqual(Object.keys(json).sort(), [...schema.required].sort());
  const line = schema.$defs.link;
  for (const link of json.links) {
    assert.deepEqual(Object.keys(link).sort(), [...line.required].sort());
    for (const [name, { type, pattern, enum: words }] of Object.entries(/** @type {any} */ (line.properties))) {
      assert.equal(typeof link[name], type === "integer" ? "number" : type, name);
      if (pattern) assert.match(link[name], new RegExp(pattern, "u"));
      if (words) assert.ok(words.includes(link[name]), name);
    }
  }
  assert.deepEqual(line.properties.decision.enum, ["", ...CODES.map(({ id }) => id)]);
});

test("the hash is that of the file as it is saved", async () => {
  const csv = listCsv(listed(desk()), "en", word);
  assert.equal(await sha256Of(csv), createHash("sha256").update(csv, "utf8").digest("hex"));
  assert.deepEqual([...bytes(csv).slice(0, 3)], [0xef, 0xbb, 0xbf]);
});

test("what is no list of decisions is refused as a whole, with one reason", () => {
  assert.equal(why("address,name\na,b\n"), "columns id decision");
  assert.equal(why("id,x\na,b\n"), "columns decision");
  assert.equal(why(""), "columns id decision");
  assert.equal(why("id,decision\na,\n"), "empty");
  assert.equal(why(`id,decision\n${"a,removed\n".repeat(50_000)}`), "rows");
  assert.equal(why('id,decision\n"a,removed\n'), "quotes");
});

test("a preview says what each line would do, and decides nothing", () => {
  const work = desk(6);
  const [one, two, three, four, five, six] = work.shown.map(({ item }) => item);
  const file = [
    "Link id,결정,사유",
    `${one},시정요구,`,
    `${two},2,`,
    `${three},refused,`,
    `${four},nonsense,`,
    `${five},monitoring,`,
    `${six},Removed,`,
    `${six},Removed,`,
    "AAAAAAAAAAAAAAAAAAAAAA,removed,",
    `${one?.slice(0, 5)},removed,`,
  ].join("\n");
  const { changes, same, faults } = previewOf(linesOf(bytes(file)), work, () => "");
  assert.deepEqual(
    changes.map(({ line, code, from }) => [line, code, from]),
    [
      [2, "correction_requested", "reported"],
      [3, "blocked", "reported"],
    ],
  );
  assert.deepEqual(
    [same, Object.fromEntries(faults)],
    [0, { reason: [4], word: [5], from: [6], twice: [7, 8], unknown: [9, 10] }],
  );
  assert.equal(work.past.length, 0);
});

test("what was exported and not changed changes nothing, also after it was decided", () => {
  const work = desk();
  work.decide(/** @type {any} */ (work.shown[0]), "blocked");
  const lines = linesOf(bytes(listCsv(listed(work), "ko", word)));
  const { changes, same, faults } = previewOf(lines, work, () => "");
  assert.deepEqual([changes.length, same, faults.size], [0, 1, 0]);
});

test("an id that stands for links of two letters is decided for neither", () => {
  const work = desk(1);
  work.add([aLink(1, "B")]);
  const item = work.shown[0]?.item;
  const { changes, faults } = previewOf(linesOf(bytes(`id,decision\n${item},removed\n`)), work, () => "");
  assert.deepEqual([changes.length, faults.get("ambiguous")], [0, [2]]);
});
