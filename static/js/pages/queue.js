// The queue: the server's rows, and in each the line that only this browser can read.

import { startBulk } from "./queue/bulk.js";
import { openSummaries } from "./queue/open_summaries.js";
import { byId, pageOf } from "./referral/dom.js";
import { attachDialog } from "./session/passphrase_dialog.js";
import { problemWords } from "./session/problem_words.js";
import { Problem } from "./session/request.js";
import { forgetOnSignOut, Session } from "./session.js";

const { root } = pageOf();
const session = new Session(root);

/** @returns {Promise<void>} */
async function start() {
  try {
    await session.resume();
    lockNotice(session.ring === null);
    if (session.ring) await openSummaries(session);
  } catch (error) {
    if (error instanceof Problem && error.code === "session_ended") {
      location.assign(`${root}/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`);
      return;
    }
    byId("queue-status", HTMLElement).textContent = problemWords(error).detail;
    lockNotice(true);
  }
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
    await openSummaries(session);
  }
});

attachDialog(session);
startBulk(session);
forgetOnSignOut();
await start();
