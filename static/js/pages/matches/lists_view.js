// The lists of the organisation: what they are, what of them is in open referrals, and taking one away.

import { byId, el } from "../referral/dom.js";
import { problemWords } from "../session/problem_words.js";
import { text } from "../texts.js";
import { attachListForm } from "./list_form.js";
import { sourceWords } from "./list_words.js";
import { foundOf, listsOf, removeList, taggedRows } from "./lists.js";

/**
 * @typedef {import("./lists.js").List} List
 * @typedef {{session: import("../session.js").Session, listing: import("../queue/listing.js").Listing,
 *   records: import("../records.js").Records, today: string, groups: import("./groups_view.js").GroupsView}} Desk
 */

/** @param {Desk} desk @returns {{load: () => Promise<void>}} */
export function attachLists(desk) {
  const load = () => show(desk, load);
  attachListForm(desk, load);
  return { load };
}

/** @param {Desk} desk @param {() => Promise<void>} again */
async function show({ records, listing, groups }, again) {
  const said = byId("lists-said", HTMLElement);
  try {
    const parts = await records.list("list");
    const lists = listsOf(parts);
    const rows = await taggedRows(lists);
    const found = await foundOf(rows, await listing.caller());
    const closed = parts.filter(({ content }) => !content).length;
    groups.onLists(rows);
    await groups.count();
    if (!byId("groups-part", HTMLElement).hidden) await groups.show(groups.kind);
    const counts = new Map(lists.map((list) => [list.set, found.filter((row) => row.list.set === list.set).length]));
    byId("lists", HTMLElement).replaceChildren(
      ...lists.map((list) => rowOf(list, counts.get(list.set) ?? 0, records, again)),
      ...(lists.length === 0 ? [el("li", {}, text("lists_none"))] : []),
    );
    const links = found.map(({ list, tag, referrals }) =>
      groups.rowOf({ kind: list.kind, tag, referrals, links: referrals.length }),
    );
    const none = el("li", { class: "matches__none" }, text("listed_none"));
    byId("listed", HTMLElement).replaceChildren(...(links.length > 0 ? links : [none]));
    const place = document.querySelector('[data-count="lists"]');
    if (place) place.textContent = String(lists.length);
    if (closed > 0) said.textContent = text("list_parts_closed", { count: closed });
  } catch (error) {
    said.textContent = problemWords(error).detail;
  }
}

/** @param {List} list @param {number} found @param {import("../records.js").Records} records @param {() => Promise<void>} again */
function rowOf(list, found, records, again) {
  const button = el(
    "button",
    { type: "button", class: "plain-button" },
    text("list_remove"),
    el("span", { class: "govuk-visually-hidden" }, ` ${list.title}`),
  );
  let sure = false;
  button.addEventListener("click", async () => {
    if (!sure) {
      sure = true;
      button.firstChild?.replaceWith(text("list_remove_sure"));
      return;
    }
    button.disabled = true;
    const said = byId("lists-said", HTMLElement);
    try {
      await removeList(records, list);
      said.textContent = text("list_removed");
    } catch (error) {
      said.textContent = problemWords(error).detail;
    }
    await again();
  });
  const from = text("list_from", { source: sourceWords(list.source), day: list.received_on, by: list.by });
  return el(
    "li",
    { class: "matches__list" },
    el("strong", {}, list.title),
    ` ${text(`kind_${list.kind}`)} · ${text("list_rows", { rows: list.rows.length.toLocaleString() })} · ${text("list_found", { found })}`,
    el("span", { class: "matches__facts" }, from, list.note && ` · ${list.note}`),
    !list.whole && el("span", { class: "govuk-error-message" }, text("list_broken")),
    button,
  );
}
