/** Asking before a page is left with words in it that were not sent. A phone call is no leaving. */

const CALL_MS = 2000;

/** @param {() => boolean} isUnsent */
export function warnBeforeLeaving(isUnsent) {
  let calledAt = Number.NEGATIVE_INFINITY;
  // Chromium takes a tel: link for a way out of the page: somebody in danger must not be asked a question then.
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[href^='tel:'], a[href^='sms:']") : null;
    if (link) calledAt = performance.now();
  });
  addEventListener("beforeunload", (event) => {
    if (performance.now() - calledAt > CALL_MS && isUnsent()) event.preventDefault();
  });
}
