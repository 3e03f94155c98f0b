/** The form of the report page, once it is there. Sealing and all that follows is fetched once somebody types. */

import { byId } from "../element.js";
import { fetched } from "../later.js";
import { text } from "../texts.js";
import { startItems } from "./items.js";
import { startQuestions } from "./questions.js";
import { Steps } from "./steps.js";

const PATIENCE_MS = 3000;
/** Steps that cannot be shown as they are in the page. */
const NEEDS_ALL = ["organisations", "review"];
/** @type {Promise<import("./journey.js").Journey> | null} */
let journey = null;

/** @returns {Promise<import("./journey.js").Journey>} */
function later() {
  if (!journey) {
    journey = fetched("pages/report/journey.js")
      .then(() => import("./journey.js"))
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
    .then(() => import("./asking.js"))
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
    .then(() => import("./resume.js"))
    .then(
      (module) => module.startResuming(steps),
      () => {
        byId("opening").textContent = text("not_loaded");
        resuming?.addEventListener("toggle", startResuming);
      },
    );
}

/** Nothing is typed before there are steps. On a bad line it is asked for until it is there. */
function askBeforeLeaving() {
  fetched("pages/leaving.js")
    .then(() => import("../leaving.js"))
    .then((module) => module.warnBeforeLeaving(() => steps.unsent && root.isConnected))
    .catch(() => setTimeout(askBeforeLeaving, PATIENCE_MS));
}

function made() {
  startItems();
  askBeforeLeaving();
}

const steps = new Steps({ made, mayLeave, entered });
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
    .then(() => import("./draft.js"))
    .then((module) => module.openPanel(steps), sayLater);
});
const resuming = /** @type {HTMLDetailsElement | null} */ (document.getElementById("resume"));
resuming?.addEventListener("toggle", startResuming);
if (resuming?.open) startResuming();
else if (resuming && location.hash === "#resume") resuming.open = true;

/**
 * Show the first step. What any later step needs is fetched now, all of it: else whoever watches the line could tell from
 * what is fetched when at which step somebody is, and who typed an address.
 */
export function begin() {
  startAsking();
  steps.begin();
  fetched("pages/report/sealing.js").catch(() => {}); // each step asks again
}
