// A moment of work, in the page's language and in Korean time.

import { el } from "./dom.js";

/**
 * @param {string} at ISO 8601
 * @returns {string}
 */
export function momentWords(at) {
  const language = document.documentElement.lang === "en" ? "en-GB" : "ko-KR";
  const shown = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short", timeZone: "Asia/Seoul" });
  return shown.format(new Date(at));
}

/**
 * @param {string} at ISO 8601
 * @returns {HTMLElement}
 */
export function moment(at) {
  return el("time", { datetime: at }, momentWords(at));
}
