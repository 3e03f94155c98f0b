/**
 * Leaving quickly: blank the page, clear what was typed, take the portal's entries out of the history, go elsewhere.
 *
 * The link works without this script. Measured in Chromium: a changed address alone leaves the form, with what was
 * typed, behind the Back button; going back to the first entry and replacing it leaves none. Where the browser tells
 * which entries are ours (the Navigation API), the first of them may be an earlier page of the portal: it finds the mark
 * of a page that was left ahead of it, shows nothing, and goes on. Elsewhere only this document's own steps are known,
 * and links marked `data-in-place` keep the way from the first page to the report from adding entries of its own.
 */

const PRESSES = 3;
const WITHIN_MS = 5000;
/** Within one document going back is done at once; another page has to be fetched first. */
const FALLBACK_MS = { step: 300, page: 1500 };
/** Marks in the browser's list of entries, each on its own entry: this script runs there; this page was left. */
const MARK = { here: 1, left: 2 };
const EASY = "#easy";

let leaving = false;
/** @type {number[]} */
let presses = [];
let alone = false;

/** How many history entries this document pushed above its first: pages note it as `{step: n}`. */
function ownEntries() {
  const step = history.state?.step;
  return Number.isSafeInteger(step) && step > 0 ? step : 0;
}

/** @param {number} mark */
function markEntry(mark) {
  window.navigation?.updateCurrentEntry({ state: mark });
}

/** How many entries lie behind this one as far as the first page on which this script runs. */
function entriesBehind() {
  const { navigation } = window;
  const at = navigation?.currentEntry?.index ?? 0;
  const first = navigation?.entries().find((entry) => entry.getState() === MARK.here)?.index ?? at;
  return Math.max(at - first, ownEntries());
}

/** Whether somebody who was further on in the portal has left it, and comes by here on the way out. */
function wasLeft() {
  const { navigation } = window;
  const at = navigation?.currentEntry?.index ?? -1;
  return at >= 0 && navigation.entries().some((entry) => entry.index > at && entry.getState() === MARK.left);
}

function clearFields() {
  for (const field of document.querySelectorAll("input, textarea, select")) {
    if (field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio"))
      field.checked = false;
    else if (field instanceof HTMLSelectElement) field.selectedIndex = -1;
    else if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) field.value = "";
  }
}

/**
 * Measured in Firefox: what is replaced while the event is still running leaves the entry that one came back to.
 * @param {number} steps
 * @param {() => void} then done once there, unless that is another page
 */
function back(steps, then) {
  addEventListener("popstate", () => setTimeout(then), { once: true });
  history.go(-steps);
}

function hide() {
  leaving = true;
  document.documentElement.classList.add("left");
  document.title = "\u00a0";
}

function blank() {
  hide();
  clearFields();
  document.body.replaceChildren();
}

/** @param {string} neutral the address that takes the portal's place */
function leave(neutral) {
  if (leaving) return;
  blank();
  const replace = () => location.replace(neutral);
  const steps = entriesBehind();
  if (steps === 0) {
    replace();
    return;
  }
  markEntry(MARK.left);
  setTimeout(replace, steps > ownEntries() ? FALLBACK_MS.page : FALLBACK_MS.step);
  back(steps, replace);
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

/** Whether something would be lost by leaving this page: then the browser asks, and all stays as it is until then. */
function asksFirst() {
  return !dispatchEvent(new Event("beforeunload", { cancelable: true }));
}

/** The box of components/easy.html, where this page has one. */
const easyBox = () => /** @type {HTMLInputElement | null} */ (document.getElementById("easy"));

/**
 * Whether easy words are shown goes along behind the #, which no browser sends; it leaves the address on arrival.
 * @param {HTMLAnchorElement} to
 */
function carryEasyWords(to) {
  if (to.hash === "" || to.hash === EASY) to.hash = easyBox()?.checked ? EASY : "";
}

function takeEasyWords() {
  if (location.hash !== EASY) return;
  const box = easyBox();
  if (box) box.checked = true;
  history.replaceState(history.state, "", location.pathname + location.search);
}

/**
 * A link that goes on in the same place of the history: what lies before it is no longer behind the Back button.
 * @param {MouseEvent} event
 */
function goOnInPlace(event) {
  const link = event.target instanceof Element ? event.target.closest("a[data-in-place]") : null;
  if (link instanceof HTMLAnchorElement) carryEasyWords(link);
  const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (!(link instanceof HTMLAnchorElement) || !plain || event.defaultPrevented) return;
  const steps = ownEntries();
  if (steps > 0 && asksFirst()) return;
  event.preventDefault();
  const replace = () => location.replace(link.href);
  if (steps === 0) {
    replace();
    return;
  }
  back(steps, replace);
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
  // The picture of the page in a phone's list of open apps shows nothing, nor does a page that is kept for Back.
  document.addEventListener("visibilitychange", cover);
  addEventListener("pagehide", () => document.documentElement.classList.add("covered"));
  // A page that was left stays blank when it is restored from memory, and goes on; so does one on the way out.
  const goOn = () => {
    if (!leaving && wasLeft()) hide();
    if (leaving) location.replace(neutral);
  };
  addEventListener("pageshow", (event) => {
    if (event.persisted) goOn();
    if (leaving) return;
    cover();
    markEntry(MARK.here);
  });
  goOn();
}

/** Only what the page names by its hash may be imported; later.js does the same with more patience. @param {string} lists */
function named(lists) {
  /** @type {[path: string, integrity: string][]} */
  const files = JSON.parse(lists).flat();
  return Promise.all(
    files.map(([path, integrity]) => {
      const link = document.createElement("link");
      if (!link.relList.supports("modulepreload")) return undefined;
      const { href } = new URL(`../${path}`, import.meta.url);
      document.head.append(Object.assign(link, { rel: "modulepreload", href, integrity, crossOrigin: "anonymous" }));
      return new Promise((done, failed) => {
        link.addEventListener("load", done);
        link.addEventListener("error", failed);
      });
    }),
  );
}

document.body.classList.add("js-enabled", "govuk-frontend-supported");
takeEasyWords();
document.addEventListener("click", goOnInPlace);
// Whoever leaves in a hurry is not asked whether they are sure; first here, so that no other listener asks.
addEventListener("beforeunload", (event) => leaving && event.stopImmediatePropagation(), { capture: true });
// Another app's own browser is no safe place to write in: on this script's pages, because all of them have it.
const inApp = document.getElementById("in-app");
if (inApp && /KAKAOTALK|NAVER\(inapp|Instagram|FBAN|FBAV|Line\//i.test(navigator.userAgent)) {
  named(inApp.dataset.modules ?? "[]")
    .then(() => import("./in_app.js"))
    .then((module) => module.offerOtherBrowser())
    .catch(() => {});
}
const link = document.getElementById("exit");
if (link instanceof HTMLAnchorElement) attach(link);
