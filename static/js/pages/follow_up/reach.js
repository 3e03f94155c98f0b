/**
 * What an organisation says of its hours, and that nobody is there. Touches no page.
 *
 * @typedef {{ko: string, en: string}} Words
 * @typedef {{opening?: string, hours: Words, away: Words, away_until: string | null,
 *   commission_paused_on: string | null}} Reach
 */

/**
 * The words in the page's language, else in the other; null where there are none.
 * @param {Words} words
 * @param {string} lang
 * @returns {{text: string, lang: string} | null}
 */
export function wordsFor(words, lang) {
  const first = lang === "en" ? "en" : "ko";
  const second = first === "en" ? "ko" : "en";
  const found = [first, second].find((each) => words[/** @type {"ko" | "en"} */ (each)] !== "");
  return found ? { text: words[/** @type {"ko" | "en"} */ (found)], lang: found } : null;
}
