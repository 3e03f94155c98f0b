/** Half of an emoji, as a cut can leave it, has no UTF-8: a sign stands in its place, and nothing else is lost. */

/** @param {string} typed */
export function mended(typed) {
  return /\p{Cs}/u.test(typed) ? typed.replaceAll(/\p{Cs}/gu, "\uFFFD") : typed;
}
