/** A letter as its organisation will read it, drawn from what was sealed; addresses stay covered here too. */

import { copyOf, make, one } from "../element.js";
import { letterRows } from "../report/letter_rows.js";
import { label, text } from "../texts.js";
import { maskedAddress } from "./masked.js";

/**
 * @param {string} name
 * @param {import("../../domain/letter.js").Letter} letter
 */
export function letterCard(name, letter) {
  const card = copyOf("letter");
  one("h4", card).textContent = text("letter_to", { name });
  one("dl", card).append(
    ...letterRows(letter, { text, label }).map(({ heading, lines }, index) => {
      const row = make("div", "govuk-summary-list__row");
      const value = make("dd", "govuk-summary-list__value");
      const url = letter.items[index]?.url ?? null; // addresses come first, and stay covered here too
      if (url) value.append(maskedAddress({ url, n: index + 1 }));
      value.append(...lines.filter((line) => line !== url).map((line) => make("p", "letter__line", line)));
      row.append(make("dt", "govuk-summary-list__key", heading), value);
      return row;
    }),
  );
  return card;
}
