/**
 * The report page as it is read: with this one can begin. The form's own modules come meanwhile, after whatever the first
 * picture of the page takes.
 */

import { fetched, known } from "./later.js";

const FORM = "pages/report/form.js";
const begin = /** @type {HTMLButtonElement} */ (document.getElementById("begin"));
const readiness = /** @type {HTMLElement} */ (document.getElementById("readiness"));
const gettingReady = readiness.textContent;
let tries = 0;
/** @type {Promise<typeof import("./report/form.js")> | null} */
let form = null;

/** The page preloads what the form takes; where that failed, it is asked for again. */
function whole() {
  if (!form) {
    tries += 1;
    form = (tries === 1 ? Promise.resolve() : fetched(FORM)).then(() => import("./report/form.js"));
    form.then(
      () => known(FORM),
      () => {
        form = null; // a bad line: the next press tries again
      },
    );
  }
  return form;
}

/** @param {HTMLElement | null} place */
function sayNotLoaded(place) {
  if (place) place.textContent = readiness.dataset.notLoaded ?? "";
}

// The form itself attends to what was kept, once it is there.
document.getElementById("resume")?.addEventListener("toggle", () => {
  whole().catch(() => sayNotLoaded(document.getElementById("opening")));
});
begin.addEventListener("click", () => {
  readiness.textContent = gettingReady;
  whole().then(
    (module) => {
      readiness.textContent = "";
      module.begin();
    },
    () => sayNotLoaded(readiness),
  );
});
begin.disabled = false;
readiness.textContent = "";
whole().catch(() => {}); // asked for again once it is needed
