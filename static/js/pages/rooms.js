// Chat rooms that people reported: what stage the measures against each are at, and a record for a new one.

import { containsImage } from "../domain/image_text.js";
import { emptyStep } from "../domain/record_steps.js";
import { byId, el } from "./referral/dom.js";
import { OpenReferral } from "./referral/open_referral.js";
import { askedOf } from "./requests/asked.js";
import { daysAfter } from "./requests/deadline.js";
import { begin } from "./requests/opening.js";
import { dueWords } from "./requests/words.js";
import { label, text } from "./texts.js";

/** @typedef {import('./records.js').Opened<import('../domain/room_record.js').RoomContent>} Room */

/** @param {Room[]} rooms @param {{root: string, today: string}} page */
function show(rooms, { root, today }) {
  const rows = rooms
    .toSorted((a, b) => (a.dueOn ?? "9999").localeCompare(b.dueOn ?? "9999"))
    .map((room) => rowOf(room, root, today));
  const none = el("p", { class: "govuk-body" }, text("none_here"));
  byId("groups", HTMLElement).replaceChildren(rows.length > 0 ? el("ul", { class: "requests__list" }, ...rows) : none);
}

/** @param {Room} room @param {string} root @param {string} today */
function rowOf({ recordId, state, dueOn, content, by }, root, today) {
  const { days, words } = dueWords(dueOn, today);
  const open = state !== "closed";
  return el(
    "li",
    { class: `requests__row${open && days <= 0 ? " requests__row--due" : ""}` },
    el(
      "a",
      { class: "govuk-link requests__name", href: `${root}/rooms/${recordId}` },
      content?.title ?? text("broken"),
    ),
    el("span", { class: `state state--room-${state}` }, label("room_states", state)),
    content && el("span", {}, content.platform),
    el(
      "span",
      { class: "requests__due" },
      ...(dueOn ? [el("time", { datetime: dueOn }, dueOn), " "] : []),
      open && words,
    ),
    el("span", { class: "requests__by" }, by),
  );
}

/** @param {string} id */
const typed = (id) => byId(id, HTMLInputElement).value.trim();

/**
 * The first of the links that were chosen on referrals fills the form; all of them belong to the record.
 * @param {import('./requests/opening.js').Desk} desk
 */
async function askedFor({ session }) {
  const links = [];
  for (const { referral, items } of askedOf(location.hash)) {
    const open = new OpenReferral(session, referral, () => undefined);
    await open.open();
    for (const item of open.case.items.filter(({ id }) => items.includes(id))) {
      links.push({ referral, item: item.id });
      if (item.url) byId("room-invite", HTMLInputElement).value ||= item.url;
      byId("room-title", HTMLInputElement).value ||= item.title_keywords || item.place;
    }
  }
  return links;
}

/** @param {import('./requests/opening.js').Desk} desk @param {{referral: string, item: string}[]} links */
async function keep({ session, records, page }, links) {
  const about = byId("room-about", HTMLTextAreaElement).value.trim();
  const error = byId("room-error", HTMLElement);
  const bad = !typed("room-title") ? "title_missing" : containsImage(about) ? "words_image" : "";
  error.hidden = !bad;
  error.textContent = bad && text(bad);
  if (bad) return;
  const step = emptyStep("observed", page.today, session.caseworker.login);
  const content = {
    v: 1,
    title: typed("room-title"),
    platform: typed("room-platform"),
    invite: typed("room-invite"),
    about,
    links,
    steps: [step],
  };
  const room = await records.save({ type: "room", state: "observed", dueOn: daysAfter(page.today, 1), content });
  location.assign(`${page.root}/rooms/${room.recordId}`);
}

begin(async (desk) => {
  show(await desk.records.list("room"), desk.page);
  const links = await askedFor(desk);
  const form = byId("new-room", HTMLFormElement);
  form.hidden = false;
  const button = form.querySelector("button");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button) button.disabled = true;
    await keep(desk, links).catch(() => {
      byId("room-error", HTMLElement).hidden = false;
      byId("room-error", HTMLElement).textContent = text("save_failed");
    });
    if (button) button.disabled = false;
  });
});
