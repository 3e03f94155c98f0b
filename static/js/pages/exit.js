/**
 * Leaving quickly: blank the page, clear what was typed, take this document's steps out of the history, go elsewhere.
 *
 * The link works without this script. Measured in Chromium: a changed address alone leaves the form, with what was
 * typed, behind the Back button; going back to this document's first entry and replacing it leaves none. Links marked
 * `data-in-place` keep the way from the first page to the report from adding entries of its own.
 */

const PRESSES = 3;
const WITHIN_MS = 5000;
const FALLBACK_MS = 300;

let leaving = false;
/** @type {number[]} */
let presses = [];
let alone = false;

/** How many history entries this document pushed above its first: pages note it as `{step: n}`. */
function ownEntries() {
  const step = history.state?.step;
  return Number.isSafeInteger(step) && step > 0 ? step : 0;
}

function clearFields() {
  for (const field of document.querySelectorAll("input, textarea, select")) {
    if (field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio"))
      field.checked = false;
    else if (field instanceof HTMLSelectElement) field.selectedIndex = -1;
    else if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) field.value = "";
  }
}

/** @param {string} neutral the address that takes this page's place */
function leave(neutral) {
  if (leaving) return;
  leaving = true;
  document.documentElement.classList.add("left");
  document.title = "\u00a0";
  clearFields();
  document.body.replaceChildren();
  const replace = () => location.replace(neutral);
  const steps = ownEntries();
  if (steps === 0) {
    replace();
    return;
  }
  addEventListener("popstate", replace, { once: true });
  setTimeout(replace, FALLBACK_MS);
  history.go(-steps);
}

/**
 * Three presses of Shift by itself within five seconds. Shift held for a capital or a doubled consonant does not count.
 * @param {KeyboardEvent} event
 * @param {() => void} whenThree
 * @param {(left: number) => void} tell
 */
function countShift(event, whenThree, tell) {
  if (event.type === "keydown") {
    alone = event.key === "Shift" && (alone || !event.repeat);
    if (event.key !== "Shift") presses = [];
    return;
  }
  if (event.key !== "Shift" || !alone) return;
  alone = false;
  const now = performance.now();
  presses = [...presses.filter((at) => now - at < WITHIN_MS), now];
  if (presses.length >= PRESSES) whenThree();
  else tell(PRESSES - presses.length);
}

function cover() {
  document.documentElement.classList.toggle("covered", document.visibilityState === "hidden");
}

/**
 * A link that goes on in the same place of the history: what lies before it is no longer behind the Back button.
 * @param {MouseEvent} event
 */
function goOnInPlace(event) {
  const link = event.target instanceof Element ? event.target.closest("a[data-in-place]") : null;
  const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (!(link instanceof HTMLAnchorElement) || !plain || event.defaultPrevented) return;
  event.preventDefault();
  location.replace(link.href);
}

/** @param {HTMLAnchorElement} link */
function attach(link) {
  const neutral = link.dataset.neutral ?? link.href;
  const status = document.getElementById("exit-status");
  const leaveNow = () => leave(neutral);
  /** @param {number} left */
  const tell = (left) => {
    if (status) status.textContent = (link.dataset.status ?? "").replace("{left}", String(left));
  };
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leaveNow();
  });
  for (const type of /** @type {const} */ (["keydown", "keyup"])) {
    addEventListener(type, (event) => countShift(event, leaveNow, tell));
  }
  // The picture of the page in a phone's list of open apps shows nothing.
  document.addEventListener("visibilitychange", cover);
  // A page that was left and then restored from memory stays blank and goes again.
  addEventListener("pageshow", (event) => {
    if (event.persisted && leaving) location.replace(neutral);
  });
}

document.body.classList.add("js-enabled", "govuk-frontend-supported");
document.addEventListener("click", goOnInPlace);
// Whoever leaves in a hurry is not asked whether they are sure; first here, so that no other listener asks.
addEventListener("beforeunload", (event) => leaving && event.stopImmediatePropagation(), { capture: true });
const link = document.getElementById("exit");
if (link instanceof HTMLAnchorElement) attach(link);
