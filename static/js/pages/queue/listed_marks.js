// Which open referrals have a link, a site or an account that stands on a list of a regulator or the police. Lists lie
// sealed in this tab for an hour, so that not every page has them handed out, which the log would say each time.

import { FORM } from "../../domain/list_record.js";
import { foundOf, listsOf, taggedRows } from "../matches/lists.js";
import { Records } from "../records.js";
import { LISTS } from "../session/stored_tab.js";

const HOUR = 3_600_000;
const MOST = 2_000_000;
/** Titles of lists by referral, as far as this page knows. @type {Map<string, Set<string>>} */
const titles = new Map();

/** @param {string} id of a referral @returns {string[]} */
export function listsNaming(id) {
  return [...(titles.get(id) ?? [])];
}

/**
 * Compare the lists with what is open, here.
 * @param {import("../session.js").Session} session with its ring open
 * @param {import("./listing.js").Listing} listing with all rows
 * @returns {Promise<boolean>} whether any referral is named by one
 */
export async function compareLists(session, listing) {
  const records = new Records(session, { list: FORM });
  const stored = kept() ?? keep(await fetched(session));
  const parts = await Promise.all(stored.map((one) => records.open(one)));
  const found = await foundOf(await taggedRows(listsOf(parts)), await listing.caller());
  titles.clear();
  for (const { list, referrals } of found) {
    for (const id of referrals) titles.set(id, (titles.get(id) ?? new Set()).add(list.title));
  }
  return titles.size > 0;
}

/** @param {import("../session.js").Session} session @returns {Promise<any[]>} as they lie there: sealed */
async function fetched(session) {
  const found = [];
  let after = "";
  do {
    const page = await session.get(`/record?${new URLSearchParams({ type: "list", ...(after && { after }) })}`);
    found.push(...page.records);
    after = page.next ?? "";
  } while (after);
  return found;
}

/** @returns {any[]|null} null where nothing is kept, or too old */
function kept() {
  const { at = 0, records = [] } = JSON.parse(sessionStorage.getItem(LISTS) ?? "{}");
  return Date.now() - at < HOUR ? records : null;
}

/** @param {any[]} records @returns {any[]} the same */
function keep(records) {
  const packed = JSON.stringify({ at: Date.now(), records });
  try {
    if (packed.length <= MOST) sessionStorage.setItem(LISTS, packed);
  } catch {
    sessionStorage.removeItem(LISTS); // no room: they are fetched again
  }
  return records;
}
