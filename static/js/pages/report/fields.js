/** Answers as they stand in fields. What is only ticked to leave a question open is no answer. */

/**
 * Answers by question. Texts and single answers are strings (empty when not given), ticks are lists.
 * @typedef {Record<string, string | string[]>} Fields
 */

/**
 * @param {HTMLElement[]} elements
 * @returns {Fields}
 */
export function readFields(elements) {
  /** @type {Fields} */
  const fields = {};
  for (const element of elements) {
    const name = element.dataset.field?.split("-").at(-1) ?? "";
    if (element instanceof HTMLInputElement && element.type === "checkbox") {
      const before = fields[name] ?? [];
      fields[name] = element.checked && !("noneOf" in element.dataset) ? [...before, element.value] : before;
    } else if (element instanceof HTMLInputElement && element.type === "radio") {
      fields[name] = element.checked ? element.value : (fields[name] ?? "");
    } else {
      fields[name] = typedIn(element);
    }
  }
  return fields;
}

/** @param {HTMLElement} element */
function typedIn(element) {
  const isField =
    element instanceof HTMLInputElement ||
    element instanceof HTMLTextAreaElement ||
    element instanceof HTMLSelectElement;
  return isField ? element.value : "";
}

/** The fields of questions that are asked once: neither of a link nor of an organisation. @param {HTMLElement} root */
export function ownFields(root) {
  const found = /** @type {HTMLElement[]} */ ([...root.querySelectorAll("[data-field]")]);
  return found.filter((field) => !field.closest("[data-link], [data-organisation]"));
}

/**
 * What the rules on questions look at: values by question, nothing for one that was not answered.
 * @param {Fields} fields
 * @returns {import("../../domain/asking.js").Given}
 */
export function givenOf(fields) {
  /** @type {Record<string, string[]>} */
  const given = {};
  for (const [name, answer] of Object.entries(fields)) {
    if (Array.isArray(answer)) given[name] = answer;
    else if (answer.trim() !== "") given[name] = [answer.trim()];
  }
  return given;
}
