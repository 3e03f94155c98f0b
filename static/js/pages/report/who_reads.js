/** «Who may read this», beside what is written: the chosen organisations, one tick each, and those that never can. */

import { compartmentsOf } from "../../domain/compartment.js";
import { proposals } from "../../domain/routing.js";
import { all, byId, one } from "../element.js";
import { text } from "../texts.js";
import { readAnswers } from "./answers.js";
import { filledCompartments } from "./checks.js";
import { answersSoFar, chosenCards } from "./organisations.js";

/** Wire the groups once. */
export function startReaders() {
  for (const group of groups()) {
    const step = group.closest("[data-step]");
    step?.addEventListener("input", () => sayNobody(group));
  }
}

/** Before a step is shown: who is chosen, who could read what is written there, and who never. */
export function showReaders() {
  const chosen = chosenCards();
  const found = proposals(answersSoFar());
  for (const group of groups()) {
    const compartment = compartmentIn(group);
    const may = chosen.filter((card) => compartmentsOf(card.dataset.kind ?? "").includes(compartment));
    for (const reader of readers(group)) {
      const card = may.find((each) => each.dataset.organisation === reader.dataset.organisation);
      const helps = found.find(({ kind }) => kind === reader.dataset.kind)?.compartments.includes(compartment);
      reader.hidden = card === undefined;
      one(".govuk-hint", reader).textContent = helps ? text("helps_to_read") : "";
    }
    one("fieldset", group).hidden = may.length === 0;
    one("[data-none-chosen]", group).hidden = chosen.length > 0;
    const never = chosen.filter((card) => !may.includes(card)).map((card) => card.dataset.name ?? "");
    one("[data-never]", group).textContent = never.length > 0 ? text("never_reads", { names: never.join(", ") }) : "";
    one("[data-never]", group).hidden = never.length === 0;
    sayNobody(group);
  }
}

/**
 * What was written and nobody may read is said, and stays as it is. Without a wish for contact there is nothing to ask.
 * @param {HTMLElement} group
 */
function sayNobody(group) {
  const filled = /** @type {Record<string, boolean>} */ (filledCompartments(readAnswers().fields));
  const ticked = readers(group).some((reader) => !reader.hidden && boxIn(reader).checked);
  const words = filled[compartmentIn(group)] && !ticked ? text("nobody_reads") : "";
  group.hidden = compartmentIn(group) === "contact" && !filled.contact;
  if (one("[data-nobody]", group).textContent !== words) one("[data-nobody]", group).textContent = words;
}

function groups() {
  return all("[data-who-reads]", byId("report"));
}

/** @param {HTMLElement} group */
function readers(group) {
  return all("[data-reader]", group);
}

/** @param {HTMLElement} reader */
function boxIn(reader) {
  return /** @type {HTMLInputElement} */ (one("input", reader));
}

/** @param {HTMLElement} group */
function compartmentIn(group) {
  return group.dataset.whoReads ?? "";
}
