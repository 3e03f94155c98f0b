/** Coming back with a receipt code. Typing and correcting it is here; opening is fetched once somebody types. */

import { byId } from "./element.js";
import { startCode } from "./follow_up/code.js";
import { fetched } from "./later.js";
import { text } from "./texts.js";

/** @type {Promise<typeof import("./follow_up/visit_page.js")> | null} */
let later = null;

function load() {
  if (!later) {
    later = fetched("pages/follow_up/visit_page.js").then(() => import("./follow_up/visit_page.js"));
    later.catch(() => {
      later = null; // a bad line: the next press tries again
    });
  }
  return later;
}

/** @param {string} code 24 digits */
async function open(code) {
  const page = await load().catch(() => null);
  if (page) await page.openPage(code);
  else byId("opening").textContent = text("not_loaded");
}

startCode({ touched: () => void load().catch(() => {}), entered: open });
const button = /** @type {HTMLButtonElement} */ (byId("open"));
button.disabled = false;
byId("readiness").textContent = "";
