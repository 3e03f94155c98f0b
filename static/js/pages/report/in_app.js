/** A messenger's own browser may keep what is typed and closes easily: another browser is offered, nothing is forced. */

import { byId } from "../element.js";
import { text } from "../texts.js";

/** Show the hint and let the address be copied. */
export function offerOtherBrowser() {
  byId("in-app").hidden = false;
  byId("copy-address").addEventListener("click", async () => {
    const done = await navigator.clipboard?.writeText(location.href).then(
      () => true,
      () => false,
    );
    byId("address-copied").textContent = done ? text("address_copied") : location.href;
  });
}
