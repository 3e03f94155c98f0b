// The queue: the server's rows, and in each the line that only this browser can read; finding, changing, making summaries.

import { showCount, startBulk } from "./queue/bulk.js";
import { startChanges } from "./queue/changes.js";
import { Finder } from "./queue/finder.js";
import { startFirstOpening } from "./queue/first_opening.js";
import { compareLists } from "./queue/listed_marks.js";
import { Listing } from "./queue/listing.js";
import { openSummaries } from "./queue/open_summaries.js";
import { shownRows, updated } from "./queue/rows.js";
import { showViewing, startShortcuts } from "./queue/shortcuts.js";
import { Views } from "./queue/views.js";
import { byId, pageOf } from "./referral/dom.js";
import { keepReading } from "./referral/reading_kept.js";
import { signInAddress } from "./session/own_path.js";
import { attachDialog } from "./session/passphrase_dialog.js";
import { whileLookedAt } from "./session/presence.js";
import { problemWords } from "./session/problem_words.js";
import { ask, Problem } from "./session/request.js";
import { forgetOnSignOut, Session } from "./session.js";
import { labelsOf } from "./texts.js";

const { root } = pageOf();
const session = new Session(root);
let begun = false;

/** @returns {Promise<void>} */
async function start() {
  try {
    await session.resume();
    lockNotice(session.ring === null);
    if (session.ring) await opened();
  } catch (error) {
    if (error instanceof Problem && error.code === "session_ended") {
      location.assign(signInAddress(root, location));
      return;
    }
    byId("queue-status", HTMLElement).textContent = problemWords(error).detail;
    lockNotice(true);
  }
}

/** The ring is open: the page's own rows first, then all the others. @returns {Promise<void>} */
async function opened() {
  await openSummaries(session);
  if (begun) return;
  begun = true;
  findable().catch((error) => {
    begun = false;
    byId("find-said", HTMLElement).textContent = problemWords(error).detail;
  });
}

/** @returns {Promise<void>} */
async function findable() {
  if (!document.getElementById("finder") || !document.querySelector("table.queue")) return;
  const listing = new Listing(session, labelsOf());
  const finder = new Finder(listing, () => document.getElementById("bulk") && showCount());
  const load = () => listing.load((progress) => finder.progressed(progress).catch(() => undefined));
  const firstOpening = startFirstOpening(session, listing, () => load().then(() => finder.refresh()));
  await load();
  firstOpening.offer();
  if (!document.getElementById("view-save")) return;
  await new Views(session, finder).load();
  if (await compareLists(session, listing)) for (const row of shownRows()) updated(row, {});
  await keepReading(session);
}

/**
 * @param {boolean} shown
 * @returns {void}
 */
function lockNotice(shown) {
  byId("lock-notice", HTMLElement).hidden = !shown;
}

byId("open-summaries", HTMLButtonElement).addEventListener("click", async () => {
  if (!session.answer) await start();
  if (session.ring || (await session.revive("locked"))) {
    lockNotice(false);
    await opened();
  }
});

attachDialog(session);
startBulk(session);
startShortcuts(session, startChanges(session));
forgetOnSignOut();
await start();
if (document.getElementById("bulk")) {
  whileLookedAt(async () => showViewing((await ask(`${root}/queue/viewing`)).viewing));
}
