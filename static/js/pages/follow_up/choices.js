/** A list of ticks, none of them set, that is made from what there is to choose; what was ticked stays ticked. */

import { all, copyOf, one } from "../element.js";

/**
 * @param {HTMLElement} list
 * @param {{value: string, words: string}[]} choices
 */
export function offerChoices(list, choices) {
  const before = new Set(chosenIn(list));
  list.replaceChildren(
    ...choices.map(({ value, words }) => {
      const item = copyOf("choice");
      const box = /** @type {HTMLInputElement} */ (one("input", item));
      const label = one("label", item);
      box.id = `${list.id}-${value}`;
      box.value = value;
      box.checked = before.has(value);
      label.setAttribute("for", box.id);
      label.textContent = words;
      return item;
    }),
  );
}

/**
 * @param {HTMLElement} list
 * @returns {string[]}
 */
export function chosenIn(list) {
  const boxes = /** @type {HTMLInputElement[]} */ (all("input:checked", list));
  return boxes.map((box) => box.value);
}
