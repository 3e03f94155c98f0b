// Campaigns of intensive monitoring: which run, which are planned, and a new one.

import { FORM, SITES_MOST } from "../domain/campaign_record.js";
import { FORM as DIRECTORY } from "../domain/directory_record.js";
import { FORM as LIST } from "../domain/list_record.js";
import { emptyStep } from "../domain/record_steps.js";
import { siteOf } from "../domain/sites.js";
import { byId, el } from "./referral/dom.js";
import { daysAfter } from "./requests/deadline.js";
import { begin } from "./requests/opening.js";
import { label, text } from "./texts.js";

/**
 * @typedef {import("./records.js").Opened<import("../domain/campaign_record.js").CampaignContent>} Campaign
 * @typedef {import("./requests/opening.js").Desk} Desk
 */

const ORDER = ["running", "planned", "ended"];
const USUAL_DAYS = 50;

/** @param {Campaign[]} campaigns @param {string} root */
function show(campaigns, root) {
  const rows = campaigns
    .toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state))
    .map((campaign) => rowOf(campaign, root));
  const none = el("p", { class: "govuk-body" }, text("campaigns_none"));
  byId("groups", HTMLElement).replaceChildren(rows.length > 0 ? el("ul", { class: "requests__list" }, ...rows) : none);
}

/** @param {Campaign} campaign @param {string} root */
function rowOf({ recordId, state, content, by }, root) {
  const href = `${root}/campaigns/${recordId}`;
  return el(
    "li",
    { class: "requests__row" },
    el("a", { class: "govuk-link requests__name", href }, content?.title ?? text("broken")),
    el("span", { class: `state state--campaign-${state}` }, label("campaign_states", state)),
    content && el("span", {}, text("campaign_window", { from: content.from, until: content.until })),
    content && content.sites.length > 0 && el("span", {}, text("campaign_sites", { number: content.sites.length })),
    el("span", { class: "requests__by" }, by),
  );
}

/** @param {string} id */
const typed = (id) => /** @type {HTMLInputElement} */ (byId(id, HTMLElement)).value.trim();

/** What keeps the form from being kept, in words; empty where nothing does. @param {string[]} lines */
function whyNot(lines) {
  if (!typed("campaign-title")) return text("campaign_title_missing");
  const [from, until] = [typed("campaign-from"), typed("campaign-until")];
  if (!from || !until || until < from) return text("campaign_days_missing");
  const bad = lines.find((line) => !siteOf(line));
  if (bad) return text("campaign_bad_site", { what: bad.slice(0, 80) });
  return lines.length > SITES_MOST ? text("campaign_many_sites", { most: SITES_MOST }) : "";
}

/** @param {string} words @returns {boolean} whether nothing is wrong */
function complain(words) {
  const error = byId("campaign-error", HTMLElement);
  error.hidden = !words;
  error.textContent = words;
  return !words;
}

/** @param {Desk} desk */
async function keep({ records, page, session }) {
  const lines = typed("campaign-sites").split(/\s+/).filter(Boolean);
  if (!complain(whyNot(lines))) return;
  const content = {
    v: 1,
    title: typed("campaign-title"),
    from: typed("campaign-from"),
    until: typed("campaign-until"),
    about: typed("campaign-about"),
    sites: [...new Set(lines.map(siteOf))],
    steps: [emptyStep("planned", page.today, session.caseworker.login)],
  };
  const kept = await records.save({ type: "campaign", state: "planned", dueOn: content.from, content });
  location.assign(`${page.root}/campaigns/${kept.recordId}`);
}

/** The sites that are in use. @param {Desk} desk @returns {Promise<string[]>} */
async function inUse({ records }) {
  const entries = await records.list("directory", { state: "active" });
  return entries.flatMap(({ content }) => content?.site.domain ?? []);
}

/** The sites of lists that others gave. @param {Desk} desk @returns {Promise<string[]>} */
async function listed({ records }) {
  const lists = await records.list("list");
  return lists
    .filter(({ content }) => content?.kind === "site")
    .flatMap(({ content }) => content.rows.map((/** @type {{canonical: string}} */ row) => row.canonical));
}

/** @param {() => Promise<string[]>} find @param {string} none what to say where there is nothing */
async function putIn(find, none) {
  const field = byId("campaign-sites", HTMLTextAreaElement);
  try {
    const domains = await find();
    field.value = [...new Set([...field.value.split(/\s+/).filter(Boolean), ...domains])].join("\n");
    complain(domains.length === 0 ? text(none) : "");
  } catch {
    complain(text("save_failed"));
  }
}

begin(
  async (desk) => {
    show(await desk.records.list("campaign"), desk.page.root);
    const form = byId("new-campaign", HTMLFormElement);
    byId("campaign-from", HTMLInputElement).value ||= desk.page.today;
    byId("campaign-until", HTMLInputElement).value ||= daysAfter(desk.page.today, USUAL_DAYS - 1);
    form.hidden = false;
    byId("from-directory", HTMLButtonElement).addEventListener("click", () => putIn(() => inUse(desk), "signed_none"));
    byId("from-lists", HTMLButtonElement).addEventListener("click", () => putIn(() => listed(desk), "lists_none"));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const button = form.querySelector("button[type=submit]");
      button?.toggleAttribute("disabled", true);
      await keep(desk).catch(() => complain(text("save_failed")));
      button?.toggleAttribute("disabled", false);
    });
  },
  { campaign: FORM, directory: DIRECTORY, list: LIST },
);
