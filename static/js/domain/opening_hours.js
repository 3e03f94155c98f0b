/**
 * When an organisation is usually open, in Korea's time. Twin of `app/domain/opening_hours.py`; both replay
 * `tests/vectors/opening_hours.json`.
 *
 * Written as schema.org's `openingHours`, each line after a semicolon: `Mo,Tu 09:00-18:00; Sa 22:00-06:00`. Where the
 * second time is the smaller, a line goes on past midnight and belongs to the day on which it began. Public holidays are
 * not known here: what comes of it is said as what is usual.
 *
 * @typedef {{days: number[], from_minute: number, until_minute: number}} Opening days from 0 Monday to 6 Sunday, and
 *   minutes after midnight; never equal
 */

import { FormatError } from "../errors.js";

export const DAYS = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
/** In minutes. */
export const DAY = 24 * 60;
const WEEK = 7 * DAY;
const LINES_MOST = 10;
/** Korea has had no summer time since 1988. */
const KOREA_AHEAD = 9 * 60;
/** 1970-01-01 was a Thursday. */
const FIRST_WEEKDAY = 3;
const TIME = "([01][0-9]|2[0-4]):([0-5][0-9])";
const NAMED = "(?:Mo|Tu|We|Th|Fr|Sa|Su)";
const LINE = new RegExp(`^(${NAMED}(?:,${NAMED})*) ${TIME}-${TIME}$`);

/**
 * Nothing said is an empty text.
 * @param {string} text
 * @returns {Opening[]}
 */
export function parse(text) {
  const lines = text === "" ? [] : text.split("; ");
  if (lines.length > LINES_MOST) throw new FormatError("opening");
  return lines.map(readLine);
}

/** Minutes after midnight, up to 1440, as hours and minutes. @param {number} minute @returns {string} */
export function clock(minute) {
  return [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, "0")).join(":");
}

/**
 * How many minutes of the week are over in Korea; a week begins on Monday.
 * @param {number} now milliseconds as `Date.now()` gives them
 * @returns {number}
 */
export function minuteOfWeek(now) {
  return modulo(Math.floor(now / 60_000) + KOREA_AHEAD + FIRST_WEEKDAY * DAY, WEEK);
}

/**
 * How long after a minute of the week somebody is usually there: 0 where it is open then, null where nothing is said.
 * @param {string} text
 * @param {number} minute
 * @returns {number | null}
 */
export function minutesUntilOpen(text, minute) {
  const openings = parse(text);
  if (openings.length === 0) return null;
  if (openings.some((one) => isWithin(one, minute))) return 0;
  return Math.min(
    ...openings.flatMap(({ days, from_minute }) => days.map((day) => modulo(day * DAY + from_minute - minute, WEEK))),
  );
}

/** @param {Opening} opening @param {number} minute */
function isWithin({ days, from_minute, until_minute }, minute) {
  const lasts = modulo(until_minute - from_minute, DAY) || DAY;
  return days.some((day) => modulo(minute - day * DAY - from_minute, WEEK) < lasts);
}

/** @param {string} line @returns {Opening} */
function readLine(line) {
  const found = LINE.exec(line);
  if (!found) throw new FormatError("opening");
  const [named = "", ...times] = found.slice(1);
  const days = named.split(",").map((day) => DAYS.indexOf(day));
  const [hour = 0, past = 0, untilHour = 0, untilPast = 0] = times.map(Number);
  const opening = { days, from_minute: hour * 60 + past, until_minute: untilHour * 60 + untilPast };
  const { from_minute, until_minute } = opening;
  const inOrder = days.every((day, at) => at === 0 || day > /** @type {number} */ (days[at - 1]));
  const inTheDay = from_minute < DAY && until_minute > 0 && until_minute <= DAY;
  if (!inOrder || !inTheDay || from_minute === until_minute) throw new FormatError("opening");
  return opening;
}

/** @param {number} value @param {number} by */
function modulo(value, by) {
  return ((value % by) + by) % by;
}
