/** The choice of organisations: a chosen one asks for its consents, and only for parts that were filled in. */

import { all, byId, one } from "../element.js";

/** Wire the cards once. */
export function startOrganisations() {
  byId("organisations").addEventListener("change", showConsents);
}

/**
 * Before the step is shown: offer only the parts that there is something in.
 * @param {Record<string, boolean>} filled by compartment
 */
export function offerCompartments(filled) {
  for (const group of all("[data-compartments]", byId("organisations"))) {
    const boxes = /** @type {HTMLInputElement[]} */ (all("input[type=checkbox]", group));
    for (const box of boxes) {
      const item = /** @type {HTMLElement} */ (box.closest(".govuk-checkboxes__item"));
      item.dataset.unused = "";
      item.hidden = !filled[box.value];
    }
    group.hidden = boxes.every((box) => !filled[box.value]);
    const nothing = group.parentElement?.querySelector("[data-no-compartments]");
    if (nothing instanceof HTMLElement) nothing.hidden = !group.hidden;
  }
  showConsents();
}

function showConsents() {
  for (const card of all("[data-organisation]")) {
    const chosen = /** @type {HTMLInputElement} */ (one("input[type=checkbox]", card)).checked;
    card.classList.toggle("organisation--chosen", chosen);
    one("[data-consent]", card).hidden = !chosen;
  }
}
