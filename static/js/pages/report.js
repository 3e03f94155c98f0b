/** The report page. What typing needs is here; sealing and all that follows is fetched once somebody types. */

import { byId } from "./element.js";
import { fetched } from "./later.js";
import { startItems } from "./report/items.js";
import { startQuestions } from "./report/questions.js";
import { Steps } from "./report/steps.js";
import { text } from "./texts.js";

const PATIENCE_MS = 3000;
/** Steps that cannot be shown as they are in the page. */
const NEEDS_ALL = ["organisations", "review"];
/** @type {Promise<import("./report/journey.js").Journey> | null} */
let journey = null;

/** @returns {Promise<import("./report/journey.js").Journey>} */
function later() {
  if (!journey) {
    journey = fetched("pages/report/journey.js")
      .then(() => import("./report/journey.js"))
      .then((module) => new module.Journey(steps));
    journey.catch(() => {
      journey = null; // a bad line: the next step tries again
    });
  }
  return journey;
}

/** @param {string} name */
async function mayLeave(name) {
  if (!journey) return true; // nobody has answered anything yet
  // On a slow line a press is answered all the same: everything is looked at again before sending.
  const enough = new Promise((done) => setTimeout(done, PATIENCE_MS));
  const ready = await Promise.race([later().catch(() => null), enough]);
  return ready ? ready.mayLeave(name) : true;
}

/** @param {string} name */
async function entered(name) {
  if (!journey && !NEEDS_ALL.includes(name)) return; // nobody has typed anything yet
  const ready = await later().catch(() => null);
  if (ready) ready.entered(name);
  else if (name === "review") notLoaded();
}

/** @type {Promise<void> | null} */
let asking = null;

/** What is asked next, fetched once somebody begins: nothing hidden at first is missed before that. */
function startAsking() {
  asking ??= fetched("pages/report/asking.js")
    .then(() => import("./report/asking.js"))
    .then((module) => module.startAsking(root, steps));
  asking.catch(() => {
    asking = null; // a bad line: the next answer tries again
  });
}

function notLoaded() {
  byId("preparing").hidden = false;
  byId("preparing-bar").hidden = true;
  byId("preparing-words").textContent = text("not_loaded");
  const again = byId("prepare-again");
  again.hidden = false;
  again.addEventListener("click", () => entered("review"), { once: true });
}

function startResuming() {
  resuming?.removeEventListener("toggle", startResuming);
  fetched("pages/report/resume.js")
    .then(() => import("./report/resume.js"))
    .then(
      (module) => module.startResuming(steps),
      () => {
        byId("opening").textContent = text("not_loaded");
        resuming?.addEventListener("toggle", startResuming);
      },
    );
}

const steps = new Steps({ made: startItems, mayLeave, entered });
const root = byId("report");
root.addEventListener("input", () => {
  steps.unsent = true;
  later().catch(() => {});
});
root.addEventListener("change", startAsking);
startQuestions(root);
// Neither is there where a caseworker takes a report down.
document.getElementById("later-open")?.addEventListener("click", () => {
  const sayLater = () => {
    byId("later-state").textContent = text("not_loaded");
  };
  fetched("pages/report/draft.js")
    .then(() => import("./report/draft.js"))
    .then((module) => module.openPanel(steps), sayLater);
});
const resuming = /** @type {HTMLDetailsElement | null} */ (document.getElementById("resume"));
resuming?.addEventListener("toggle", startResuming);
if (resuming && location.hash === "#resume") resuming.open = true;
// Easy words or plain ones: a matter of this page, kept nowhere.
document.addEventListener("click", ({ target }) => {
  if (!(target instanceof Element) || !target.closest("[data-easy]")) return;
  const on = document.documentElement.classList.toggle("easy");
  for (const button of document.querySelectorAll("[data-easy]")) button.setAttribute("aria-pressed", String(on));
});
const begin = /** @type {HTMLButtonElement} */ (byId("begin"));
begin.addEventListener("click", () => {
  startAsking();
  steps.begin();
});
begin.disabled = false;
byId("readiness").textContent = "";
