// The sentence that stands ready when a state is chosen: in the language of the letter, to be edited.

/** @typedef {(path: string, places?: Record<string, string>) => string} Sentence the page's words at a dotted path */

/**
 * @param {Sentence} sentence
 * @param {string} language of the letter
 * @param {string} state of the referral; empty when none can be chosen
 * @returns {string}
 */
export function offeredForReferral(sentence, language, state) {
  return state ? sentence(`state_words.${language}.referral.${state}`) : "";
}

/**
 * @param {Sentence} sentence
 * @param {string} language of the letter
 * @param {string} state of the links; empty when none can be chosen
 * @param {number[]} numbers of the links as the reporter sees them
 * @returns {string}
 */
export function offeredForItems(sentence, language, state, numbers) {
  if (!state) return "";
  const links = sentence(`state_words.${language}.link.named`, { numbers: numbers.join(", ") });
  const words = sentence(`state_words.${language}.item.${state}`, { links });
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/**
 * That what was said of links a moment ago was a mistake.
 * @param {Sentence} sentence
 * @param {string} language of the letter
 * @param {number[]} numbers of the links as the reporter sees them
 * @returns {string}
 */
export function offeredCorrection(sentence, language, numbers) {
  const links = sentence(`state_words.${language}.link.named`, { numbers: numbers.join(", ") });
  return sentence(`state_words.${language}.message.corrected`, { links });
}

/**
 * That it takes longer, added to what was typed already.
 * @param {Sentence} sentence
 * @param {string} language of the letter
 * @param {string} typed
 * @returns {string}
 */
export function withDelay(sentence, language, typed) {
  const words = sentence(`state_words.${language}.message.delayed`);
  return typed.includes(words) ? typed : [typed.trimEnd(), words].filter((part) => part !== "").join("\n");
}

/**
 * The states that every one of these can move to.
 * @param {string[]} states where they stand
 * @param {(state: string) => Iterable<string>} transitions
 * @returns {string[]}
 */
export function sharedTransitions(states, transitions) {
  const [first, ...others] = [...new Set(states)].map((state) => [...transitions(state)]);
  return (first ?? []).filter((next) => others.every((other) => other.includes(next)));
}
