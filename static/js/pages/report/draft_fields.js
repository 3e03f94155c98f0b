/**
 * Every answer of the page as it stands in its field, and back again. It knows no question: fields are found by their
 * names, and those that other answers bring up are filled once these have brought them.
 *
 * @typedef {import("./draft_content.js").Answers} Answers
 */

import { all, byId } from "../element.js";
import { idOf, nameLink } from "./answers.js";
import { completeLink, restoreLinks } from "./items.js";

/** Answers bring up questions, whose answers may bring up more. */
const MOST_ROUNDS = 4;

/** @returns {{answers: Answers, links: {id: string, answers: Answers}[]}} */
export function typedAnswers() {
  const root = byId("report");
  const links = all("[data-link]", root).map((link) => ({ id: idOf(link), answers: answersIn(fieldsOf(link)) }));
  return { answers: answersIn(ownFields(root)), links: links.filter((link) => Object.keys(link.answers).length > 0) };
}

/** @param {{answers: Answers, links: {id: string, answers: Answers}[]}} kept */
export function restoreAnswers({ answers, links }) {
  const blanks = restoreLinks(Math.max(links.length, 1));
  blanks.forEach((link, index) => {
    const kept = links[index];
    if (kept) nameLink(link, kept.id);
    if (Object.keys(kept?.answers ?? {}).some((name) => !name.startsWith("address"))) completeLink(link);
    fill(() => fieldsOf(link), kept?.answers ?? {});
  });
  fill(() => ownFields(byId("report")), answers);
}

/** @param {ParentNode} part */
function fieldsOf(part) {
  return all("[data-field]", part);
}

/** @param {ParentNode} root */
function ownFields(root) {
  return fieldsOf(root).filter((field) => !field.closest("[data-link]"));
}

/**
 * The name under which a field's answer is kept: its own, and that of the organisation that it is asked about.
 * @param {HTMLElement} field
 */
function nameOf(field) {
  const name = (field.dataset.field ?? "").replace(/^link-\d+-/, "");
  const card = /** @type {HTMLElement | null} */ (field.closest("[data-organisation]"));
  return card ? `${card.dataset.organisation}/${name}` : name;
}

/**
 * @param {HTMLElement[]} found
 * @returns {Answers} what was left as it was is not in it
 */
function answersIn(found) {
  /** @type {Answers} */
  const answers = {};
  for (const field of found) {
    const name = nameOf(field);
    if (isBox(field)) {
      const before = answers[name];
      if (field.checked) answers[name] = [...(Array.isArray(before) ? before : []), field.value];
    } else if (field instanceof HTMLSelectElement) {
      if (field.selectedIndex > 0) answers[name] = field.value;
    } else if (isText(field) && field.value !== "") {
      answers[name] = field.value;
    }
  }
  return answers;
}

/**
 * @param {() => HTMLElement[]} find asked again each round: answers may have brought more fields
 * @param {Answers} answers
 */
function fill(find, answers) {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const changed = find().filter((field) => setTo(field, answers[nameOf(field)]));
    for (const field of changed) {
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
    if (changed.length === 0) return;
  }
}

/**
 * @param {HTMLElement} field
 * @param {string | string[] | undefined} kept
 * @returns {boolean} whether it was another answer
 */
function setTo(field, kept) {
  if (isBox(field)) {
    const ticked = Array.isArray(kept) && kept.includes(field.value);
    const other = field.checked !== ticked;
    field.checked = ticked;
    return other;
  }
  const words = typeof kept === "string" ? kept : "";
  if (field instanceof HTMLSelectElement) {
    const index = Math.max(
      [...field.options].findIndex((option) => option.value === words),
      0,
    );
    const other = field.selectedIndex !== index;
    field.selectedIndex = index;
    return other;
  }
  if (!isText(field) || field.value === words) return false;
  field.value = words;
  return true;
}

/** @param {HTMLElement} field @returns {field is HTMLInputElement} */
function isBox(field) {
  return field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio");
}

/** @param {HTMLElement} field @returns {field is HTMLInputElement | HTMLTextAreaElement} */
function isText(field) {
  return field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement;
}
