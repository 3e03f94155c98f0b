/**
 * Where the work stands as the person it is done for may see it, and by when the next step usually follows.
 * Twin of `app/domain/progress.py`; both replay `tests/vectors/progress.json`. Days are YYYY-MM-DD, Korea's.
 *
 * @typedef {{by: string | null, late: boolean}} Outlook by which day the next step usually follows, null where nobody
 *   can say; and whether it takes longer than that
 */

export const OPENED = "opened";

/**
 * A state and its day as the reporter sees them. What is dated before her own report comes of somebody else's: she sees
 * `first`, the state in which everything of hers begins, on the day of her report.
 * @param {string} state @param {string} on @param {string} reportedOn @param {string} first
 * @returns {[string, string]}
 */
export function shownSince(state, on, reportedOn, first) {
  return on >= reportedOn ? [state, on] : [first, reportedOn];
}

/**
 * A referral's stage and since when: its state, or `opened` for a letter that was read and not yet taken on.
 * @param {string} state @param {string} stateOn @param {string | null} openedOn
 * @returns {[string, string]}
 */
export function stageOf(state, stateOn, openedOn) {
  return state === "received" && openedOn !== null ? [OPENED, openedOn] : [state, stateOn];
}

/**
 * What may be expected `days` after `since`; a usual time that has passed is named no more. `paused`: the institution
 * that must decide does not keep its usual times at the moment.
 * @param {string} since @param {string} today @param {number | null} days @param {boolean} paused
 * @returns {Outlook}
 */
export function outlook(since, today, days, paused) {
  const by = days === null || paused ? null : dayAfter(since, days);
  const late = paused || (by !== null && today > by);
  return { by: late ? null : by, late };
}

/** @param {string} day @param {number} days */
function dayAfter(day, days) {
  const moment = new Date(`${day}T00:00:00Z`);
  moment.setUTCDate(moment.getUTCDate() + days);
  return moment.toISOString().slice(0, 10);
}
