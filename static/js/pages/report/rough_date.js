/** A date as well as it is remembered, in the ways that people write it: «2026», «2026년 11월», «2026.11.3». */

import { UNDISCLOSED } from "../../domain/vocabulary.js";

/**
 * @param {string} typed
 * @returns {string | null} `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; `undisclosed` when empty; null when it cannot be read
 */
export function roughDate(typed) {
  const plain = typed.normalize("NFKC").trim();
  if (plain === "") return UNDISCLOSED;
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(plain);
  const parted = /^(\d{4})(?:\s*[-./년]\s*(\d{1,2})(?:\s*[-./월]\s*(\d{1,2})\s*[.일]?)?\s*[.월]?)?\s*년?$/.exec(plain);
  const [, year, month, day] = compact ?? parted ?? [];
  if (!year || !isReal(Number(year), Number(month ?? 1), Number(day ?? 1))) return null;
  return [year, month?.padStart(2, "0"), day?.padStart(2, "0")].filter((part) => part !== undefined).join("-");
}

/**
 * @param {number} year
 * @param {number} month
 * @param {number} day
 */
function isReal(year, month, day) {
  const date = new Date(Date.UTC(year, month - 1, day));
  return (
    year >= 1900 && date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  );
}
