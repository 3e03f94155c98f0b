// Who waits to be let in sees both numbers that are compared: the own one from the own key, not from what the portal says.

import { fingerprint, fromSeed } from "../crypto/recipient_key.js";
import { byId } from "./referral/dom.js";
import { showProblem } from "./session/key_progress.js";
import { signInAddress } from "./session/own_path.js";
import { attachDialog } from "./session/passphrase_dialog.js";
import { problemWords } from "./session/problem_words.js";
import { ask, Problem } from "./session/request.js";
import { ownEntry } from "./session/trusted_ring.js";
import { forgetOnSignOut, Session } from "./session.js";

const page = byId("wait", HTMLElement);
const { root = "", home = "/" } = page.dataset;
const session = new Session(root);

/** @returns {Promise<void>} */
async function start() {
  try {
    await session.resume();
    if (session.caseworker.role !== "waiting") {
      location.replace(home);
      return;
    }
    const { slug } = session.caseworker;
    const whose = { portal_id: session.answer?.portal_id ?? "", slug };
    const organisation = await ownEntry(await ask(`${root}/api/v1/directory`), whose);
    byId("organisation-number", HTMLElement).textContent = organisation.fingerprint;
  } catch (error) {
    if (error instanceof Problem && error.code === "session_ended") {
      location.assign(signInAddress(root, location));
      return;
    }
    showProblem(page, problemWords(error));
  }
}

byId("show-number", HTMLButtonElement).addEventListener("click", async () => {
  try {
    const seed = await session.ownSeed();
    if (!seed) return;
    const number = byId("own-number", HTMLElement);
    number.textContent = await fingerprint((await fromSeed(seed)).publicKey);
    number.hidden = false;
    byId("show-number", HTMLButtonElement).hidden = true;
  } catch (error) {
    showProblem(page, problemWords(error));
  }
});
byId("look-again", HTMLButtonElement).addEventListener("click", () => location.reload());

attachDialog(session);
forgetOnSignOut();
await start();
