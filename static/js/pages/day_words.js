/** Days as they are written in the language of the page: 2026년 11월 22일, 22 November 2026. */

/**
 * @param {string} day YYYY-MM-DD, Korea's
 * @returns {string} the day as it came where it is none
 */
export function dayWords(day) {
  const moment = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(moment.getTime())) return day;
  const language = document.documentElement.lang === "en" ? "en-GB" : "ko-KR";
  return new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" }).format(moment);
}
