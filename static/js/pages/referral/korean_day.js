// A day, as the portal counts: in Korea, wherever the browser is.

/**
 * The day it is now in Korea.
 * @param {Date} now
 * @returns {string} YYYY-MM-DD
 */
export function dayOf(now) {
  return new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Seoul", dateStyle: "short" }).format(now);
}
