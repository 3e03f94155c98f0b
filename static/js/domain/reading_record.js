/**
 * How long somebody read letters, week by week, as it stands inside a sealed record of her own: the Monday of each week
 * and seconds. Nothing of it is in the clear.
 *
 * @typedef {Map<string, number>} Weeks seconds by the Monday of a week, YYYY-MM-DD
 */

/** What the record's text begins with: it is a view that no list of views shows. */
export const READING = "read#";
export const WEEKS_KEPT = 52;
/** Of fewer people no sum is said. */
export const PEOPLE_LEAST = 5;
const WEEK = /^(\d{4}-\d{2}-\d{2})=(\d{1,6})$/;
const DAY = 86_400_000;
const HOUR = 3600;

/** The Monday of a day's week. @param {string} day YYYY-MM-DD @returns {string} */
export function mondayOf(day) {
  const at = new Date(day);
  const since = (at.getUTCDay() + 6) % 7;
  return new Date(at.getTime() - since * DAY).toISOString().slice(0, 10);
}

/** @param {string} query @returns {Weeks} what is not understood is left out */
export function weeksIn(query) {
  if (!query.startsWith(READING)) return new Map();
  const pairs = query
    .slice(READING.length)
    .split(" ")
    .map((one) => WEEK.exec(one));
  return new Map(pairs.flatMap((one) => (one?.[1] ? [[one[1], Number(one[2])]] : [])));
}

/** The newest weeks, as they are kept. @param {Weeks} weeks @returns {string} */
export function written(weeks) {
  const newest = [...weeks].sort(([a], [b]) => (a < b ? 1 : -1)).slice(0, WEEKS_KEPT);
  return READING + newest.map(([week, seconds]) => `${week}=${Math.round(seconds)}`).join(" ");
}

/** @param {Weeks} weeks @param {Weeks} more @returns {Weeks} */
export function together(weeks, more) {
  const found = new Map(weeks);
  for (const [week, seconds] of more) found.set(week, (found.get(week) ?? 0) + seconds);
  return found;
}

/**
 * What several people read together: whole hours, and null for a week in which fewer than five did.
 * @param {Weeks[]} people each one's own
 * @returns {{week: string, hours: number|null}[]} the newest week first
 */
export function ofTeam(people) {
  const weeks = new Set(people.flatMap((own) => [...own.keys()]));
  return [...weeks]
    .sort()
    .reverse()
    .map((week) => {
      const read = people.map((own) => own.get(week) ?? 0).filter((seconds) => seconds > 0);
      const sum = read.reduce((all, seconds) => all + seconds, 0);
      return { week, hours: read.length < PEOPLE_LEAST ? null : Math.round(sum / HOUR) };
    });
}
