// In how many other referrals the links of this one are, for staff: compared in this browser, over opened summaries.

import { kept } from "../queue/kept_summaries.js";
import { Listing } from "../queue/listing.js";
import { tagsOf } from "../queue/summary_content.js";
import { hashOf } from "../requests/asked.js";
import { text } from "../texts.js";
import { byId, el } from "./dom.js";

/** @typedef {{item: any, number: number, others: number}} Same */

/**
 * What this tab knows already is compared at once; all that is open, when somebody asks.
 * @param {import("./open_referral.js").OpenReferral} referral
 * @returns {{refresh: () => void}}
 */
export function attachSameLinks(referral) {
  const details = byId("same-links", HTMLDetailsElement);
  const said = byId("same-said", HTMLElement);
  /** @type {Listing|null} */
  let listing = null;
  let compared = -1;
  const look = async (/** @type {boolean} */ whole) => {
    listing ??= new Listing(referral.session, {});
    try {
      await (whole ? listing.load(() => undefined) : listing.kept());
      const found = await sameIn(referral, listing);
      show(found, referral);
      said.textContent = whole && found.length === 0 ? text("same_none") : "";
    } catch {
      said.textContent = whole ? text("same_failed") : "";
    }
  };
  details.addEventListener("toggle", () => {
    if (!details.open) return;
    said.textContent = text("same_looking");
    look(true);
  });
  return {
    refresh() {
      const count = referral.case.items.length;
      if (count === compared || !referral.case.letter || kept() === "") return;
      compared = count;
      look(false);
    },
  };
}

/** @param {import("./open_referral.js").OpenReferral} referral @param {Listing} listing @returns {Promise<Same[]>} */
async function sameIn(referral, listing) {
  const { items, opening } = referral.case;
  const tags = await Promise.all(items.map(async (item) => (await tagsOf(item)).url));
  const worker = await listing.caller();
  /** @type {string[][]} */
  const having = await worker.call(
    "having",
    tags.map((tag) => ["url", tag]),
  );
  return items
    .map((item, at) => {
      const others = (having[at] ?? []).filter((id) => id !== opening.referral_id).length;
      return { item, number: at + 1, others };
    })
    .filter(({ others }) => others > 0);
}

/** @param {Same[]} found @param {import("./open_referral.js").OpenReferral} referral */
function show(found, { session, case: { opening } }) {
  byId("same-count", HTMLElement).textContent = found.length > 0 ? String(found.length) : "";
  byId("same-rows", HTMLElement).replaceChildren(
    ...found.map(({ item, number, others }) => {
      const asked = hashOf([{ referral: opening.referral_id, items: [item.id] }]);
      const words = text(others === 1 ? "same_one" : "same_others", { number, others });
      return el("li", {}, el("a", { class: "govuk-link", href: `${session.root}/matches${asked}` }, words));
    }),
  );
}
