/** Usual opening hours in words. What `app/forms/opening_words.py` says where no script runs. */

import { clock, DAY, DAYS, minutesUntilOpen, parse } from "../domain/opening_hours.js";
import { text } from "./texts.js";

/** Days in a row from which only the first and the last are named. */
const RUN = 3;
/** A Monday, in UTC. */
const MONDAY = Date.UTC(2024, 0, 1);

/**
 * Opening hours as `domain/opening_hours.js` reads them; an empty text for none.
 * @param {string} hours
 * @param {string} lang
 * @returns {string}
 */
export function usual(hours, lang) {
  return parse(hours)
    .map((one) => `${daysOf(one.days, lang)} ${timesOf(one)}`)
    .join(", ");
}

/**
 * Whether it is open by these hours in a minute of the week, and when it opens; nothing where none are said.
 * @param {string} hours
 * @param {number} minute
 * @param {string} lang
 * @returns {string}
 */
export function openNow(hours, minute, lang) {
  const wait = minutesUntilOpen(hours, minute);
  if (wait === null) return "";
  if (wait === 0) return text("open_now");
  const opens = (minute + wait) % (DAYS.length * DAY);
  return text("closed_now", { day: dayName(Math.floor(opens / DAY), "long", lang), time: clock(opens % DAY) });
}

/** @param {number[]} days @param {string} lang */
function daysOf(days, lang) {
  if (days.length === DAYS.length) return text("every_day");
  const names = days.map((day) => dayName(day, "short", lang));
  const inARow = days.every((day, at) => at === 0 || day === /** @type {number} */ (days[at - 1]) + 1);
  return inARow && days.length >= RUN ? `${names[0]}–${names.at(-1)}` : names.join("·");
}

/** @param {import("../domain/opening_hours.js").Opening} opening */
function timesOf({ from_minute, until_minute }) {
  if (until_minute - from_minute === DAY) return text("all_day");
  const times = `${clock(from_minute)}–${clock(until_minute)}`;
  return until_minute > from_minute ? times : text("next_morning", { times });
}

/** @param {number} day @param {"short" | "long"} weekday @param {string} lang */
function dayName(day, weekday, lang) {
  return new Intl.DateTimeFormat(lang, { weekday, timeZone: "UTC" }).format(MONDAY + day * 86_400_000);
}
