// Whom to write to, as the organisation's own site directory has it for the sites of the chosen links.

import { FORM } from "../../domain/directory_record.js";
import { entryFor } from "../../domain/sites.js";
import { Records } from "../records.js";
import { byId, el } from "../referral/dom.js";
import { text } from "../texts.js";

/**
 * @typedef {import("../../domain/signed_list.js").Site} Site
 * @typedef {import("./filling.js").Source} Source
 */

/** Entries that somebody checked. */
const CHECKED = ["active", "reviewed"];

/**
 * Propose the operators and contacts that fit. A single one is filled in where nothing was typed yet.
 * @param {import("../session.js").Session} session
 * @param {Source[]} sources
 * @returns {Promise<void>}
 */
export async function proposeFor(session, sources) {
  const place = byId("proposals", HTMLElement);
  try {
    const listed = await Promise.all(
      CHECKED.map((state) => new Records(session, { directory: FORM }).list("directory", { state })),
    );
    const known = listed.flat().flatMap(({ content }) => content ?? []);
    const found = sitesOf(sources, known);
    place.replaceChildren(...found.map(proposal));
    const [only] = found;
    if (only && found.length === 1) use(only, { typedStays: true });
  } catch {
    place.textContent = text("proposed_failed");
  }
}

/**
 * @param {Source[]} sources
 * @param {{site: Site}[]} known
 * @returns {Site[]} each once, the most frequent first
 */
export function sitesOf(sources, known) {
  /** @type {Map<Site, number>} */
  const counts = new Map();
  for (const { items, held } of sources) {
    for (const { id, url } of held.items) {
      const entry = url && items.includes(id) ? entryFor(known, url) : null;
      if (entry) counts.set(entry.site, (counts.get(entry.site) ?? 0) + 1);
    }
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([site]) => site);
}

/** @param {Site} site */
function proposal(site) {
  const button = el(
    "button",
    { type: "button", class: "plain-button govuk-link" },
    text("proposed_use", { name: [site.operator, site.abuse].filter(Boolean).join(" · ") || site.domain }),
  );
  button.addEventListener("click", () => use(site));
  return el("p", { class: "govuk-hint" }, text("proposed_from", { domain: site.domain }), " ", button);
}

/** @param {Site} site @param {{typedStays?: boolean}} [how] */
function use({ operator, domain, abuse, hosting }, { typedStays = false } = {}) {
  const offered = { to: operator || domain, address: abuse, hosting };
  for (const [id, value] of Object.entries(offered)) {
    const field = byId(id, HTMLInputElement);
    if (value && (!typedStays || field.value === "")) field.value = value;
  }
  byId("compose", HTMLFormElement).dispatchEvent(new Event("change", { bubbles: true }));
}
