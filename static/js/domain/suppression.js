/**
 * Small numbers that are not shown, and those that go with them. Twin of `app/domain/suppression.py`; both replay
 * `tests/vectors/suppression.json`. What is said there holds here.
 *
 * @typedef {Record<string, number>} Parts
 * @typedef {{total: number|null, divided: Record<string, Record<string, number|null>>}} Shown null: hidden
 */

export const LEAST = 5;
const LEEWAY = LEAST - 1;

/**
 * What may be shown of a total that is divided in several ways.
 * @param {Record<string, Parts>} divided
 * @returns {Shown}
 * @throws {RangeError} where the divisions differ in their total
 */
export function suppress(divided) {
  const [whole = 0, ...others] = new Set(Object.values(divided).map((parts) => sum(Object.values(parts))));
  if (others.length > 0) throw new RangeError("divisions of one total must agree in it");
  const hidden = Object.entries(divided).map(([name, parts]) => /** @type {const} */ ([name, toHide(parts)]));
  const total = hidden.some(([, words]) => words === null) ? null : whole;
  const shown = hidden.map(([name, words]) => [name, shownOf(divided[name] ?? {}, words, total)]);
  return { total, divided: Object.fromEntries(shown) };
}

/**
 * @param {Parts} parts
 * @returns {Set<string>|null} the words whose numbers are hidden; null where hiding numbers is not enough
 */
function toHide(parts) {
  const small = Object.keys(parts).filter((word) => (parts[word] ?? 0) > 0 && (parts[word] ?? 0) < LEAST);
  const whole = sum(small.map((word) => parts[word] ?? 0));
  const hidden = new Set(small);
  if (small.length === 0) return hidden;
  if (whole - small.length >= LEEWAY && LEEWAY * small.length - whole >= LEEWAY) return hidden;
  let room = whole - LEEWAY * small.length;
  for (const [word, number] of Object.entries(parts)) {
    if (number < LEAST) continue;
    hidden.add(word);
    room += number - LEAST;
    if (room >= 0) return hidden;
  }
  return null;
}

/**
 * @param {Parts} parts
 * @param {Set<string>|null} hidden
 * @param {number|null} total
 */
function shownOf(parts, hidden, total) {
  const all = hidden === null || total === null;
  return Object.fromEntries(
    Object.entries(parts).map(([word, number]) => [word, (all ? number > 0 : hidden.has(word)) ? null : number]),
  );
}

/** @param {number[]} numbers */
function sum(numbers) {
  return numbers.reduce((before, number) => before + number, 0);
}
