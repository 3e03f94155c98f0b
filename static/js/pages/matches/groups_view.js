// Groups as a list, what most referrals have first; and one that was typed. Names stand there where a list or an opened
// letter gave them: summaries hold none.

import { keysTyped, tagOf } from "../queue/typed_tags.js";
import { defang } from "../referral/defang.js";
import { byId, el } from "../referral/dom.js";
import { text } from "../texts.js";

/**
 * @typedef {import("../queue/listing.js").Listing} Listing
 * @typedef {import("../queue/tag_index.js").TagKind} TagKind
 * @typedef {import("../matches.js").Group} Group
 * @typedef {import("./lists.js").Listed} Listed
 */

const AT_ONCE = 50;
const REFERENCES = 6;
/** Names of what was opened or listed on this page, by kind and tag: gone with it. @type {Map<string, string>} */
const names = new Map();

/** @param {{kind: TagKind, tag: string}} group @param {string} name */
export function named({ kind, tag }, name) {
  if (name) names.set(`${kind} ${tag}`, name);
}

export class GroupsView {
  /** @param {Listing} listing @param {string} root */
  constructor(listing, root) {
    this.listing = listing;
    this.root = root;
    /** @type {Map<string, Group>} what can be asked for by its number on this page */
    this.shown = new Map();
    /** @type {Map<string, Listed[]>} by kind and tag */
    this.listed = new Map();
    this.most = AT_ONCE;
    /** @type {TagKind} */
    this.kind = "url";
    byId("groups-more", HTMLButtonElement).addEventListener("click", () => {
      this.most += AT_ONCE;
      this.show(this.kind);
    });
  }

  /** The group that an address of this page asks for. @param {string} hash @returns {Group|null} */
  asked(hash) {
    return this.shown.get(hash) ?? null;
  }

  /** @param {Listed[]} rows that are in open referrals or not */
  onLists(rows) {
    this.listed = new Map();
    for (const row of rows) {
      const key = `${row.list.kind} ${row.tag}`;
      this.listed.set(key, [...(this.listed.get(key) ?? []), row]);
      named({ kind: row.list.kind, tag: row.tag }, row.canonical);
    }
  }

  /** @param {TagKind} kind @returns {Promise<void>} */
  async show(kind) {
    if (kind !== this.kind) this.most = AT_ONCE;
    this.kind = kind;
    const worker = await this.listing.caller();
    /** @type {Omit<Group, "kind">[]} */
    const found = await worker.call("groups", kind);
    const groups = found.map((one) => ({ ...one, kind }));
    byId("groups-title", HTMLElement).textContent =
      document.querySelector(`[data-tab="${kind}"]`)?.firstChild?.textContent ?? "";
    byId("groups-hint", HTMLElement).textContent = hintOf(kind);
    const rows = groups.slice(0, this.most).map((group) => this.rowOf(group));
    const none = el("li", { class: "matches__none" }, text("group_none"));
    byId("groups", HTMLElement).replaceChildren(...(rows.length > 0 ? rows : [none]));
    byId("groups-more", HTMLButtonElement).hidden = groups.length <= this.most;
  }

  /** How many groups there are, beside each tab. @returns {Promise<void>} */
  async count() {
    const worker = await this.listing.caller();
    for (const kind of /** @type {const} */ (["url", "poster", "site"])) {
      const place = document.querySelector(`[data-count="${kind}"]`);
      if (place) place.textContent = String((await worker.call("groups", kind)).length);
    }
  }

  /**
   * Go to what was typed, where an open referral has it.
   * @param {Listing} listing
   * @param {string} typed
   * @returns {Promise<string>} what to say
   */
  async look(listing, typed) {
    const keys = keysTyped(typed.trim());
    if (keys.length === 0) return text("looked_unfit");
    const worker = await listing.caller();
    for (const key of keys.toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))) {
      const tag = await tagOf(key);
      const [referrals = []] = await worker.call("having", [[key.kind, tag]]);
      if (referrals.length === 0) continue;
      const group = { kind: key.kind, tag, referrals, links: referrals.length };
      named(group, key.canonical);
      location.hash = this.#addressOf(group);
      return "";
    }
    return text("looked_none");
  }

  /** @param {Group} group @returns {HTMLElement} */
  rowOf(group) {
    const rows = group.referrals.flatMap((id) => this.listing.rows.get(id) ?? []);
    const due = rows.map((row) => row.due_on).sort()[0];
    const references = group.referrals.slice(0, REFERENCES).map((id) => id.slice(0, 6));
    const more = group.referrals.length > REFERENCES ? " …" : "";
    const name = nameOf(group);
    return el(
      "li",
      { class: "matches__one" },
      el(
        "div",
        { class: "matches__what" },
        el("strong", { class: "matches__count" }, countWords(group)),
        name
          ? el("code", { class: "matches__name", translate: "no" }, defang(name))
          : el("span", { class: "matches__unnamed" }, text("group_unnamed")),
        ...this.marksOf(group),
        el(
          "span",
          { class: "matches__facts" },
          text("group_links", { links: group.links }),
          due ? ` · ${text("group_due", { day: due })}` : "",
          " · ",
          el("span", { translate: "no" }, references.join(", ") + more),
        ),
      ),
      el(
        "a",
        { class: "govuk-button govuk-button--secondary matches__go", href: this.#addressOf(group) },
        text("group_work"),
        el("span", { class: "govuk-visually-hidden" }, ` ${references[0] ?? ""}`),
      ),
    );
  }

  /** On which lists it stands. @param {Group} group @returns {HTMLElement[]} */
  marksOf({ kind, tag }) {
    return (this.listed.get(`${kind} ${tag}`) ?? []).map(({ list, note }) =>
      el(
        "span",
        { class: "matches__listed" },
        el("strong", { class: "mark mark--listed" }, text("on_list", { title: list.title })),
        note && ` ${text("list_note", { note })}`,
      ),
    );
  }

  /** @param {Group} group @returns {string} a number that means something on this page alone */
  #addressOf(group) {
    for (const [hash, known] of this.shown) {
      if (known.kind !== group.kind || known.tag !== group.tag) continue;
      this.shown.set(hash, group);
      return hash;
    }
    const hash = `#group-${this.shown.size + 1}`;
    this.shown.set(hash, group);
    return hash;
  }
}

/** @type {TagKind[]} what was meant first: the address itself, then the account, then its site */
const ORDER = ["url", "poster", "site"];

/** @param {Group} group @returns {string} as it is compared; empty where nothing says */
export function nameOf({ kind, tag }) {
  return names.get(`${kind} ${tag}`) ?? "";
}

/** @param {Group} group @returns {string} */
export function countWords({ kind, referrals }) {
  if (referrals.length < 2) return text("group_one");
  return text(`group_${kind}`, { referrals: referrals.length.toLocaleString() });
}

/** @param {TagKind} kind */
function hintOf(kind) {
  const hints = byId("hints", HTMLTemplateElement).content;
  return hints.querySelector(`[data-hint="${kind}"]`)?.textContent ?? "";
}
