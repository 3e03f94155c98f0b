/** The words about addresses, in the page's language. They come with the list of platforms, once somebody types. */

import { ADDRESS_WORDS } from "../../data/address_words.js";
import { PLATFORM_LIST } from "../../domain/platform.js";

/** @returns {"ko" | "en"} */
function language() {
  return document.documentElement.lang === "en" ? "en" : "ko";
}

/**
 * @param {string} part as in the list: `says`, `forms`, `points_at`, `missing`, `notes`, `copying`
 * @param {string} name
 * @param {Record<string, string | number>} [places] what stands in place of `{name}`
 * @returns {string} empty where the list has no words
 */
export function words(part, name, places = {}) {
  const found = ADDRESS_WORDS[part][name]?.[language()] ?? "";
  return found.replace(/\{(\w+)\}/g, (/** @type {string} */ whole, /** @type {string} */ place) =>
    String(places[place] ?? whole),
  );
}

/** @param {string} name @param {Record<string, string | number>} [places] */
export function said(name, places = {}) {
  return words("says", name, places);
}

/** The name of a platform; empty for none. @param {string | null} slug */
export function platformName(slug) {
  return PLATFORM_LIST.find((each) => each.slug === slug)?.name[language()] ?? "";
}

/** How to copy the right address there; empty where nothing is known. @param {import("../../domain/address_reading.js").Reading} reading */
export function copyingWords({ form, platform }) {
  const key = form === "magnet" ? "p2p" : PLATFORM_LIST.find((each) => each.slug === platform)?.copy;
  return key ? words("copying", key) : "";
}
