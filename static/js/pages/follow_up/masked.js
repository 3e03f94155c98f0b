/**
 * Addresses stay covered until they are touched, and are covered again when the page is put away: somebody may look over
 * a shoulder, and nobody needs to read them to see how things stand.
 */

import { all, make } from "../element.js";
import { text } from "../texts.js";

/** Cover everything again whenever the page is hidden; wired once. */
export function coverWhenHidden() {
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") coverAll();
  });
  addEventListener("pagehide", coverAll);
}

function coverAll() {
  for (const button of all("[data-masked][aria-expanded='true']")) cover(button);
}

/**
 * A button that shows an address, and the address as inert text. Where it is not known here, its number alone.
 * @param {{url: string | null, n: number}} link
 * @returns {HTMLElement}
 */
export function maskedAddress({ url, n }) {
  const whole = make("div", "masked");
  if (url === null) {
    whole.append(make("strong", "", text("link_n", { n })));
    return whole;
  }
  const button = make("button", "plain-button masked__button");
  button.setAttribute("type", "button");
  button.dataset.masked = String(n);
  const address = make("span", "masked__address");
  address.setAttribute("translate", "no");
  whole.append(button, address);
  cover(button);
  button.addEventListener("click", () => {
    if (button.getAttribute("aria-expanded") === "true") {
      cover(button);
      return;
    }
    button.setAttribute("aria-expanded", "true");
    button.textContent = text("hide_address", { n });
    address.textContent = url;
    address.hidden = false;
  });
  return whole;
}

/** The address leaves the page with it: what is covered is in nobody's screenshot and in no reader's buffer. @param {HTMLElement} button */
function cover(button) {
  button.setAttribute("aria-expanded", "false");
  button.textContent = text("show_address", { n: button.dataset.masked ?? "" });
  const address = /** @type {HTMLElement} */ (button.nextElementSibling);
  address.textContent = "";
  address.hidden = true;
}
