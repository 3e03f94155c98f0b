/** A messenger's own browser may keep what is typed and closes easily: another browser is offered, nothing is forced. */

import { byId } from "./element.js";

/**
 * An address that opens this one in the phone's own browser, where the app knows such a thing; otherwise empty.
 * @param {string} userAgent
 * @param {string} address
 */
export function outwards(userAgent, address) {
  if (/KAKAOTALK/i.test(userAgent)) return `kakaotalk://web/openExternal?url=${encodeURIComponent(address)}`;
  if (!/Android/i.test(userAgent)) return "";
  const { protocol, host, pathname } = new URL(address);
  const scheme = protocol.replace(":", "");
  const wanted = "action=android.intent.action.VIEW;category=android.intent.category.BROWSABLE";
  return `intent://${host}${pathname}#Intent;scheme=${scheme};${wanted};end`;
}

/** Show the hint, with what helps in this app, and let the address be copied. */
export function offerOtherBrowser() {
  const address = `${location.origin}${location.pathname}`;
  const opening = outwards(navigator.userAgent, address);
  const link = /** @type {HTMLAnchorElement} */ (byId("open-outside"));
  if (opening) Object.assign(link, { href: opening, rel: "noreferrer" });
  link.hidden = opening === "";
  byId("apple-way").hidden = !/iPhone|iPad|iPod/.test(navigator.userAgent);
  byId("in-app").hidden = false;
  byId("copy-address").addEventListener("click", async () => {
    const said = byId("address-copied");
    const done = await navigator.clipboard?.writeText(address).then(
      () => true,
      () => false,
    );
    // Where nothing may be copied, the address stands there to be pressed long, or written down.
    said.textContent = done ? (said.dataset.copied ?? "") : address;
  });
}
