// The people of an organisation: who is in, who waits, who left; and the next ring, which is made here.

import { Steps } from "./invitation/steps.js";
import { Acts } from "./people/acts.js";
import { whoWaits } from "./people/arrivals.js";
import { startInviting } from "./people/invitations.js";
import { showLeft, showMembers } from "./people/list.js";
import { doubtWords } from "./people/words.js";
import { byId, part } from "./referral/dom.js";
import { momentWords } from "./referral/moment.js";
import { signInAddress } from "./session/own_path.js";
import { attachDialog } from "./session/passphrase_dialog.js";
import { ask, Problem } from "./session/request.js";
import { ownEntry } from "./session/trusted_ring.js";
import { forgetOnSignOut, Session } from "./session.js";
import { text } from "./texts.js";

const page = byId("people", HTMLElement);
const { root = "" } = page.dataset;
const session = new Session(root);
const steps = new Steps(page);
const acts = new Acts(session, steps);

/** @returns {Promise<void>} */
async function start() {
  try {
    await session.resume();
    await show();
  } catch (error) {
    if (error instanceof Problem && error.code === "session_ended") {
      location.assign(signInAddress(root, location));
      return;
    }
    steps.problem("people", doubtWords(error));
  }
}

/** @returns {Promise<void>} */
async function show() {
  byId("lock-notice", HTMLElement).hidden = session.ring !== null;
  const standing = await ask(`${root}/people/standing`);
  const { slug } = session.caseworker;
  const whose = { portal_id: session.answer?.portal_id ?? "", slug };
  const organisation = await ownEntry(await ask(`${root}/api/v1/directory`), whose);
  acts.take({ standing, organisation });
  await whoWaits(standing, acts, organisation.fingerprint);
  await showMembers(standing, session, acts);
  showLeft(standing);
  showDue(standing);
  const { seq, stored_at } = standing.ring;
  byId("ring-number", HTMLElement).textContent = text("ring_number", { seq, day: momentWords(stored_at) });
  startInviting(session, standing.invitations, steps);
}

/** @param {import('./people/changing.js').Standing} standing */
function showDue(standing) {
  const box = byId("due", HTMLElement);
  box.hidden = standing.gone.length === 0;
  const left = standing.gone.length > 0 ? text("due_words", { names: standing.gone.join(", ") }) : "";
  part(box, "due-words", HTMLElement).textContent = [left, standing.kit_needed && text("due_kit")]
    .filter(Boolean)
    .join(" ");
}

byId("open-ring", HTMLButtonElement).addEventListener("click", async () => {
  if (await session.revive("locked")) await show();
});
byId("new-keys", HTMLButtonElement).addEventListener("click", () => acts.newKeys());

attachDialog(session);
forgetOnSignOut();
await start();
