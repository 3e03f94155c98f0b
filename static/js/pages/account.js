// One's own account: what one signs in with, where one is signed in, and the passphrase.

import { showAuthenticator } from "./account/authenticator.js";
import { showCodes } from "./account/codes.js";
import { showPasskeys } from "./account/passkeys.js";
import { attachPassphrase } from "./account/passphrase.js";
import { showSessions } from "./account/sessions.js";
import { byId, pageOf, part } from "./referral/dom.js";
import { signInAddress } from "./session/own_path.js";
import { attachDialog } from "./session/passphrase_dialog.js";
import { ask, Problem } from "./session/request.js";
import { forgetOnSignOut, Session } from "./session.js";
import { text } from "./texts.js";

/**
 * @typedef {{passkey_id: string, name: string, host: string, unlocks: boolean, created_at: string,
 *   used_at: string|null}} Passkey
 * @typedef {{session_id: string, device: string, factor: string, started_at: string, seen_at: string,
 *   here: boolean}} Visit
 * @typedef {{passkeys: Passkey[], authenticator: boolean, codes_left: number, sessions: Visit[]}} Standing
 * @typedef {{session: Session, host: string, refresh: () => Promise<void>,
 *   changed: (words: string) => string}} Account
 */

const { root } = pageOf();
const session = new Session(root);
const { host = "" } = byId("casework", HTMLElement).dataset;
/** @type {Account} */
const account = { session, host, refresh, changed };
let others = 0;

/** @returns {Promise<void>} */
async function refresh() {
  /** @type {Standing} */
  const standing = await ask(`${root}/account/standing`);
  const alone = standing.passkeys.length === 0 && !standing.authenticator && standing.codes_left === 0;
  part(document, "no-second", HTMLElement).hidden = !alone;
  others = standing.sessions.length - 1;
  showPasskeys(account, standing);
  showAuthenticator(account, standing);
  showCodes(account, standing);
  showSessions(account, standing);
}

/**
 * What is said once something that one signs in with was changed: that other sessions go on, where there are any.
 * @param {string} words
 * @returns {string}
 */
function changed(words) {
  return others > 0 ? `${words} ${text("others_go_on", { count: others })}` : words;
}

/** @returns {Promise<void>} */
async function start() {
  try {
    await session.resume();
    await refresh();
  } catch (error) {
    if (session.over) return;
    if (!(error instanceof Problem) || error.status !== 401) throw error;
    location.assign(signInAddress(root, location));
  }
}

attachDialog(session);
attachPassphrase(account);
forgetOnSignOut();
await start();
