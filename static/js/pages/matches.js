// What referrals have in common: compared here over opened summaries, shown as groups, and worked on group by group.

import { FORM as LIST } from "../domain/list_record.js";
import { attachGroup } from "./matches/group_page.js";
import { GroupsView } from "./matches/groups_view.js";
import { attachLists } from "./matches/lists_view.js";
import { tagAsked } from "./matches/looked_for.js";
import { Listing } from "./queue/listing.js";
import { Records } from "./records.js";
import { byId } from "./referral/dom.js";
import { begin } from "./requests/opening.js";
import { Problem } from "./session/request.js";
import { text } from "./texts.js";

/**
 * @typedef {import("./queue/tag_index.js").TagKind} TagKind
 * @typedef {{kind: TagKind, tag: string, referrals: string[], links: number}} Group
 */

const TABS = new Map(
  /** @type {[string, TagKind|"lists"][]} */ ([
    ["#links", "url"],
    ["#accounts", "poster"],
    ["#sites", "site"],
    ["#lists", "lists"],
  ]),
);
/** Shows all anew once it was shown, after keys were away for a while. @type {(() => Promise<unknown>)|null} */
let again = null;
/** @type {Listing|null} */
let listing = null;

/** @param {import("./requests/opening.js").Desk} desk */
async function start({ session, page }) {
  listing ??= new Listing(session, {});
  /** @type {import("./queue/listing.js").Progress|null} */
  let last = null;
  await listing.load((progress) => {
    last = progress;
    byId("list-said", HTMLElement).textContent = text("finding_rows", {
      opened: progress.opened.toLocaleString(),
      rows: progress.rows.toLocaleString(),
    });
  });
  again ??= attach(session, listing, page);
  say(listing, last);
  byId("compared", HTMLElement).hidden = false;
  await again();
}

/**
 * @param {import("./session.js").Session} session
 * @param {Listing} listing
 * @param {import("./requests/opening.js").Page} page
 * @returns {() => Promise<unknown>}
 */
function attach(session, listing, page) {
  const group = attachGroup(session);
  const groups = new GroupsView(listing, page.root);
  const records = new Records(session, { list: LIST });
  const lists = attachLists({ session, listing, records, today: page.today, groups });
  const turn = () => turned({ group, groups }, listing, session);
  session.whenWiped.push(() => {
    group.close();
    byId("group", HTMLElement).hidden = true;
    byId("overview", HTMLElement).hidden = false;
    byId("compared", HTMLElement).hidden = true;
    byId("open-again", HTMLButtonElement).hidden = false;
    byId("list-said", HTMLElement).textContent = text("locked");
  });
  attachLook(listing, groups);
  addEventListener("hashchange", turn);
  return () => Promise.all([lists.load(), turn()]);
}

/** @param {Listing} listing @param {import("./queue/listing.js").Progress|null} progress */
function say(listing, progress) {
  const { opened = 0, rows = 0, broken = 0 } = progress ?? {};
  const unread = [...listing.rows.values()].filter((row) => row.summary_version === 0 && !row.lost).length;
  const words = [text("all_known", { opened: opened.toLocaleString(), rows: rows.toLocaleString() })];
  if (broken > 0) words.push(text("summaries_closed", { count: broken }));
  if (unread > 0) words.push(text("without_summary", { count: unread }));
  byId("compared-said", HTMLElement).textContent = words.join(" ");
}

/**
 * Show what the part of the address behind `#` asks for; no browser sends it, and it holds ids alone.
 * @param {{group: import("./matches/group_page.js").GroupPage, groups: GroupsView}} views
 * @param {Listing} listing
 * @param {import("./session.js").Session} session
 */
async function turned({ group, groups }, listing, session) {
  const tab = TABS.get(location.hash);
  const asked =
    tab || !location.hash ? null : (groups.asked(location.hash) ?? (await tagAsked(location.hash, session, listing)));
  const overview = byId("overview", HTMLElement);
  overview.hidden = asked !== null;
  byId("group", HTMLElement).hidden = asked === null;
  if (asked) {
    await group.open(asked, groups.marksOf(asked));
    return;
  }
  group.close();
  const shown = tab ?? "url";
  for (const link of document.querySelectorAll("[data-tab]")) {
    link.toggleAttribute("aria-current", link.getAttribute("data-tab") === shown);
    if (link.hasAttribute("aria-current")) link.setAttribute("aria-current", "true");
  }
  byId("groups-part", HTMLElement).hidden = shown === "lists";
  byId("lists-part", HTMLElement).hidden = shown !== "lists";
  byId("group-back", HTMLAnchorElement).href = [...TABS].find(([, name]) => name === shown)?.[0] ?? "#links";
  if (shown !== "lists") await groups.show(shown);
}

/** @param {Listing} listing @param {GroupsView} groups */
function attachLook(listing, groups) {
  byId("look-form", HTMLFormElement).addEventListener("submit", async (event) => {
    event.preventDefault();
    const said = byId("look-said", HTMLElement);
    said.textContent = await groups.look(listing, byId("look-words", HTMLInputElement).value);
  });
}

begin(async (desk) => {
  if (!desk.session.ring) throw new Problem(401, { detail: text("locked") });
  await start(desk);
});
