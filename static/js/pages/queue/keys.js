// Which of the queue's keys was pressed, if any: never while something is typed or composed, nor with a modifier.

/** @typedef {"next"|"before"|"pick"|"claim"|"state"|"find"|"help"} KeyAct */

/** What does what, where nothing else was chosen. @type {Readonly<Record<KeyAct, string>>} */
export const USUAL = Object.freeze({
  next: "j",
  before: "k",
  pick: "x",
  claim: "a",
  state: "s",
  find: "/",
  help: "?",
});
/** Where letters lie on a Korean keyboard that is set to Hangul while nothing is being composed. */
const LATIN = "qwertyuiopasdfghjklzxcvbnm";
const HANGUL = "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ";

/** @param {string} typed @returns {string} the key that it stands for: one sign, a letter small; empty for none */
export function keyTyped(typed) {
  const sign = [...typed.normalize("NFC").trim()].at(-1)?.toLowerCase() ?? "";
  const at = HANGUL.indexOf(sign);
  return sign && at >= 0 ? (LATIN[at] ?? "") : /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(sign) ? sign : "";
}

/** @param {Readonly<Record<KeyAct, string>>} chosen @returns {Record<string, KeyAct>} what each key does, in Hangul too */
export function keysOf(chosen) {
  const pairs = /** @type {[KeyAct, string][]} */ (Object.entries(chosen));
  return Object.fromEntries(
    pairs.flatMap(([act, key]) => {
      const at = LATIN.indexOf(key);
      return (at < 0 ? [key] : [key, HANGUL[at] ?? key]).map((one) => [one, act]);
    }),
  );
}

/**
 * @param {Readonly<Record<KeyAct, string>>} chosen
 * @param {KeyAct} act
 * @param {string} key that it is to have
 * @returns {KeyAct|null} what has this key already
 */
export function takenBy(chosen, act, key) {
  const pairs = /** @type {[KeyAct, string][]} */ (Object.entries(chosen));
  return pairs.find(([other, its]) => its === key && other !== act)?.[0] ?? null;
}

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
 * @param {Readonly<Record<KeyAct, string>>} [chosen]
 * @returns {KeyAct|null}
 */
export function keyAct(pressed, typing, chosen = USUAL) {
  return actOf(keysOf(chosen), pressed, typing);
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
