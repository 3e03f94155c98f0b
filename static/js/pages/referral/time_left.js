// Days, as the portal counts them: whole days in Korea, because a day is all that is kept of what a victim did.

/**
 * The day it is now in Korea.
 * @param {Date} now
 * @returns {string} YYYY-MM-DD
 */
export function dayOf(now) {
  return new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Seoul", dateStyle: "short" }).format(now);
}

/**
 * How many days from one day to another; negative when it has passed.
 * @param {string} from YYYY-MM-DD
 * @param {string} to YYYY-MM-DD
 * @returns {number}
 */
export function daysBetween(from, to) {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}
