/** The choice of organisations: a chosen one asks for its consents. */

import { all, byId, one } from "../element.js";

/** Wire the cards once. */
export function startOrganisations() {
  byId("organisations").addEventListener("change", showConsents);
}

/** Before the step is shown: a chosen organisation's consents are open. */
export function offerCompartments() {
  showConsents();
}

function showConsents() {
  for (const card of all("[data-organisation]")) {
    const chosen = /** @type {HTMLInputElement} */ (one("input[type=checkbox]", card)).checked;
    card.classList.toggle("organisation--chosen", chosen);
    one("[data-consent]", card).hidden = !chosen;
  }
}
