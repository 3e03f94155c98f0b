// Which of the queue's keys was pressed, if any: never while something is typed or composed, nor with a modifier.

/** @typedef {"next"|"before"|"pick"|"claim"|"state"|"find"|"help"} KeyAct */

/** The keys, and where they lie on a Korean keyboard that is set to Hangul while nothing is being composed.
 * @type {Record<string, KeyAct>} */
const KEYS = {
  j: "next",
  ㅓ: "next",
  k: "before",
  ㅏ: "before",
  x: "pick",
  ㅌ: "pick",
  a: "claim",
  ㅁ: "claim",
  s: "state",
  ㄴ: "state",
  "/": "find",
  "?": "help",
};
const COMPOSING = 229;

/**
 * @typedef {object} Pressed
 * @property {string} key
 * @property {boolean} isComposing
 * @property {number} keyCode
 * @property {boolean} ctrlKey
 * @property {boolean} altKey
 * @property {boolean} metaKey
 * @property {boolean} [repeat]
 */

/**
 * @param {Pressed} pressed
 * @param {boolean} typing whether the focus is where words are typed or chosen
 * @returns {KeyAct|null}
 */
export function keyAct(pressed, typing) {
  return actOf(KEYS, pressed, typing);
}

/**
 * The same for a page with keys of its own.
 * @template {string} Act
 * @param {Readonly<Record<string, Act>>} keys
 * @param {Pressed} pressed
 * @param {boolean} typing whether the focus is where words are typed or chosen
 * @returns {Act|null}
 */
export function actOf(keys, { key, isComposing, keyCode, ctrlKey, altKey, metaKey, repeat = false }, typing) {
  if (typing || isComposing || keyCode === COMPOSING || ctrlKey || altKey || metaKey) return null;
  const act = Object.hasOwn(keys, key) ? /** @type {Act} */ (keys[key]) : null;
  return repeat && act !== "next" && act !== "before" ? null : act;
}
