// One group at work: its letters opened for their links, links chosen, one request begun, each reporter told by herself.

import { LINKS_MOST } from "../../domain/request_record.js";
import { defang } from "../referral/defang.js";
import { byId, el } from "../referral/dom.js";
import { hashOf } from "../requests/asked.js";
import { problemWords } from "../session/problem_words.js";
import { label, text } from "../texts.js";
import { nameOf as nameIn, openGroup } from "./group.js";
import { countWords, named, nameOf } from "./groups_view.js";
import { attachInforming } from "./informing.js";
import { attachPackage } from "./package_form.js";

/**
 * @typedef {import("./group.js").Member} Member
 * @typedef {import("./group.js").GroupLink} GroupLink
 * @typedef {import("../matches.js").Group} Group
 * @typedef {{open: (group: Group, marks: HTMLElement[]) => Promise<void>, close: () => void}} GroupPage
 */

/** Letters that are opened for one look. */
const AT_ONCE = 40;

/** @param {import("../session.js").Session} session @returns {GroupPage} */
export function attachGroup(session) {
  const work = new GroupWork(session);
  return { open: (group, marks) => work.open(group, marks), close: () => work.close() };
}

class GroupWork {
  /** @param {import("../session.js").Session} session */
  constructor(session) {
    this.session = session;
    /** @type {Group|null} */
    this.group = null;
    /** @type {Member[]} */
    this.members = [];
    /** @type {string[]} */
    this.closed = [];
    this.turn = 0;
    this.informing = attachInforming(
      session,
      () => this.chosen(),
      () => this.reopen(),
    );
    this.package = attachPackage(session);
    byId("group-rows", HTMLElement).addEventListener("change", () => this.choose());
    byId("choose-all", HTMLButtonElement).addEventListener("click", () => this.tick(true));
    byId("choose-none", HTMLButtonElement).addEventListener("click", () => this.tick(false));
    byId("group-more", HTMLButtonElement).addEventListener("click", () => this.more());
    byId("group-request", HTMLAnchorElement).addEventListener("click", (event) => this.ask(event));
  }

  /** @param {Group} group @param {HTMLElement[]} marks */
  async open(group, marks) {
    this.group = group;
    this.members = [];
    this.closed = [];
    byId("group-title", HTMLElement).textContent = countWords(group);
    byId("group-marks", HTMLElement).replaceChildren(...marks.map((mark) => el("li", {}, mark)));
    byId("group-title", HTMLElement).focus();
    this.informing.clear();
    this.show();
    await this.more();
  }

  close() {
    this.turn += 1;
    this.group = null;
    this.members = [];
    byId("group-rows", HTMLElement).replaceChildren();
    this.package.clear();
  }

  /** The same letters again, as they stand now. @returns {Promise<void>} */
  async reopen() {
    const chosen = new Set(this.chosen().map(({ item }) => item.id));
    const count = this.members.length + this.closed.length;
    this.members = [];
    this.closed = [];
    await this.more(Math.max(count, AT_ONCE));
    this.tick(false, chosen);
  }

  /** @param {number} [most] letters */
  async more(most = AT_ONCE) {
    const { group } = this;
    if (!group) return;
    this.turn += 1;
    const turn = this.turn;
    const seen = this.members.length + this.closed.length;
    const referrals = group.referrals.slice(seen, seen + most);
    const said = byId("group-said", HTMLElement);
    const total = group.referrals.length;
    try {
      const found = await openGroup(this.session, { ...group, referrals }, (done) => {
        if (turn === this.turn) said.textContent = text("opening_letters", { done: seen + done, total });
      });
      if (turn !== this.turn) return;
      this.members.push(...found.members);
      this.closed.push(...found.closed);
      named(group, nameIn(this.members, group.kind));
      this.show();
      this.tick(true);
    } catch (error) {
      if (turn === this.turn) said.textContent = problemWords(error).detail;
    }
  }

  show() {
    const { group } = this;
    if (!group) return;
    const links = this.links();
    const name = nameOf(group);
    byId("group-name", HTMLElement).textContent = name && defang(name);
    byId("group-rows", HTMLElement).replaceChildren(
      ...this.members.flatMap((member) => member.links.map((link) => rowOf(link, member, this.session.root))),
    );
    byId("group-links", HTMLElement).hidden = links.length === 0;
    byId("group-work", HTMLElement).hidden = links.length === 0;
    const seen = this.members.length + this.closed.length;
    byId("group-more", HTMLButtonElement).hidden = seen >= group.referrals.length || seen === 0;
    byId("group-said", HTMLElement).textContent = seen === 0 ? "" : this.said(group, links.length);
    this.package.show(group, name, { members: this.members, closed: this.closed });
    this.choose();
  }

  /** @param {Group} group @param {number} links */
  said(group, links) {
    const words = [text("opened_some", { shown: this.members.length, total: group.referrals.length })];
    if (this.closed.length > 0) {
      words.push(text("letters_closed", { references: this.closed.map((one) => one.slice(0, 6)).join(", ") }));
    }
    if (links === 0 && this.members.length > 0) words.push(text("no_links_left"));
    return words.join(" ");
  }

  /** @returns {GroupLink[]} */
  links() {
    return this.members.flatMap((member) => member.links);
  }

  /** @returns {GroupLink[]} */
  chosen() {
    const ticked = new Set(boxes().flatMap((box) => (box.checked ? [box.value] : [])));
    return this.links().filter(({ referral, item }) => ticked.has(`${referral} ${item.id}`));
  }

  /** @param {boolean} all @param {Set<string>} [items] those that are ticked else */
  tick(all, items = new Set()) {
    for (const box of boxes()) box.checked = all || items.has(box.value.split(" ")[1] ?? "");
    this.choose();
  }

  choose() {
    const chosen = this.chosen();
    const referrals = new Set(chosen.map(({ referral }) => referral));
    byId("chosen-said", HTMLElement).textContent = text("chosen", { links: chosen.length, referrals: referrals.size });
    const asked = [...referrals].map((referral) => ({
      referral,
      items: chosen.filter((one) => one.referral === referral).map(({ item }) => item.id),
    }));
    byId("group-request", HTMLAnchorElement).href = `${this.session.root}/requests/new${hashOf(asked)}`;
    this.informing.refresh();
  }

  /** @param {Event} event */
  ask(event) {
    const count = this.chosen().length;
    if (count > 0 && count <= LINKS_MOST) return;
    event.preventDefault();
    byId("chosen-said", HTMLElement).textContent = text(count === 0 ? "choose_some" : "too_many", { most: LINKS_MOST });
  }
}

/** @returns {HTMLInputElement[]} */
function boxes() {
  return [.../** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("#group-rows input"))];
}

/** @param {GroupLink} link @param {Member} member @param {string} root */
function rowOf({ referral, item, number, state, stateOn }, { police }, root) {
  const reference = referral.slice(0, 6);
  const box = el("input", {
    type: "checkbox",
    class: "pick",
    value: `${referral} ${item.id}`,
    autocomplete: "off",
    "aria-label": text("choose_link", { number, reference }),
  });
  return el(
    "tr",
    { role: "row", class: "links__row" },
    el("td", { role: "cell", class: "links__choose" }, el("label", { class: "queue__pick" }, box)),
    el(
      "td",
      { role: "cell" },
      el("a", { class: "govuk-link", href: `${root}/referral/${referral}`, translate: "no" }, reference),
      ` ${text("link_number", { number })}`,
    ),
    el(
      "td",
      { role: "cell", class: "links__address" },
      el("code", { class: "links__url", translate: "no" }, item.url ? defang(item.url) : text("no_address")),
    ),
    el(
      "td",
      { role: "cell" },
      el("span", { class: `state state--item-${state}` }, label("item_states", state)),
      " ",
      el("time", { datetime: stateOn }, stateOn),
    ),
    el("td", { role: "cell" }, text(police ? "police_yes" : "police_no")),
  );
}
