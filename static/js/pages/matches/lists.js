// Lists that somebody gave the organisation: sealed here, part by part, read again, and found in what is open.

import { randomBytes } from "../../crypto/encoding.js";
import { inParts } from "../../domain/list_record.js";
import { b64uEncode } from "../../domain/wire.js";
import { tagOf } from "../queue/typed_tags.js";
import { forgetLists } from "../session/stored_tab.js";

/**
 * @typedef {import("../../domain/list_record.js").ListContent} ListContent
 * @typedef {import("../../domain/list_record.js").ListRow} ListRow
 * @typedef {import("../../domain/list_record.js").ListKind} ListKind
 * @typedef {import("../records.js").Opened<ListContent>} Part
 * @typedef {{set: string, kind: ListKind, title: string, source: string, received_on: string, note: string, by: string,
 *   at: string, rows: ListRow[], parts: Part[], whole: boolean}} List
 * @typedef {{kind: ListKind, title: string, source: string, received_on: string, note: string}} Head
 * @typedef {{tag: string, canonical: string, note: string, list: List}} Listed
 */

/**
 * The parts that belong together, the newest list first; a part that does not open is in none.
 * @param {Part[]} parts
 * @returns {List[]}
 */
export function listsOf(parts) {
  /** @type {Map<string, Part[]>} */
  const sets = new Map();
  for (const part of parts) {
    if (part.content) sets.set(part.content.set, [...(sets.get(part.content.set) ?? []), part]);
  }
  return [...sets.values()].map(listOf).sort((a, b) => b.at.localeCompare(a.at));
}

/** @param {Part[]} parts of one set @returns {List} */
function listOf(parts) {
  const sorted = parts.toSorted((a, b) => contentOf(a).part - contentOf(b).part);
  const [first] = sorted;
  const { set, kind, title, source, received_on, note, parts: wanted } = contentOf(/** @type {Part} */ (first));
  const numbers = new Set(sorted.map((part) => contentOf(part).part));
  return {
    ...{ set, kind, title, source, received_on, note, by: first?.by ?? "", at: first?.at ?? "" },
    rows: sorted.flatMap((part) => contentOf(part).rows),
    parts: sorted,
    whole: numbers.size === wanted,
  };
}

/** @param {Part} part @returns {ListContent} */
function contentOf({ content }) {
  return /** @type {ListContent} */ (content);
}

/**
 * Seal a list and keep it, part by part.
 * @param {import("../records.js").Records} records
 * @param {Head} head
 * @param {ListRow[]} rows
 * @param {(done: number, of: number) => void} show
 * @returns {Promise<void>}
 */
export async function keepList(records, head, rows, show) {
  const parts = inParts(rows);
  const set = b64uEncode(randomBytes(16));
  const { kind, title, source, received_on, note } = head;
  for (const [at, own] of parts.entries()) {
    show(at, parts.length);
    const content = { v: 1, set, part: at + 1, parts: parts.length, kind, title, source, received_on, note, rows: own };
    await records.save({ type: "list", content });
  }
  forgetLists();
  show(parts.length, parts.length);
}

/** @param {import("../records.js").Records} records @param {List} list @returns {Promise<void>} */
export async function removeList(records, { parts }) {
  for (const part of parts) await records.remove(part);
  forgetLists();
}

/**
 * Every row with the tag that it is found by.
 * @param {List[]} lists
 * @returns {Promise<Listed[]>}
 */
export async function taggedRows(lists) {
  const all = lists.flatMap((list) => list.rows.map((row) => ({ ...row, list })));
  return Promise.all(
    all.map(async (one) => ({ ...one, tag: await tagOf({ kind: one.list.kind, canonical: one.canonical }) })),
  );
}

/**
 * What of the lists is in open referrals, what most have first.
 * @param {Listed[]} rows
 * @param {import("../queue/queue_worker.js").Caller} worker
 * @returns {Promise<(Listed & {referrals: string[]})[]>}
 */
export async function foundOf(rows, worker) {
  /** @type {string[][]} */
  const having = await worker.call(
    "having",
    rows.map(({ tag, list }) => [list.kind, tag]),
  );
  return rows
    .map((row, at) => ({ ...row, referrals: having[at] ?? [] }))
    .filter(({ referrals }) => referrals.length > 0)
    .sort((a, b) => b.referrals.length - a.referrals.length);
}
