// A caseworker's session in this document: who it is, the opened keyring, and requests that survive the session's end.

import { newestSet, wrapSeed } from "../crypto/caseworker_key.js";
import { unwrapSeed } from "../crypto/opening.js";
import { b64uDecode } from "../domain/wire.js";
import { KeptSeed } from "./session/kept_seed.js";
import { LivingSession } from "./session/living.js";
import { OtherCaseworker, WrongPassphrase } from "./session/refusals.js";
import { ask, Problem } from "./session/request.js";
import {
  againByPassphrase,
  byPasskey,
  byPassphrase,
  confirmByPasskey,
  newPassphrase,
  portalIdOf,
} from "./session/steps.js";
import { forget, keep, kept } from "./session/stored_tab.js";
import { RingRefused, trustedRing } from "./session/trusted_ring.js";

export { OtherCaseworker, RingRefused, WrongPassphrase };

/**
 * @typedef {import('./session/living.js').Caseworker} Caseworker
 * @typedef {import('./session/living.js').SessionAnswer} SessionAnswer
 * @typedef {{login: string, passphrase: string, onProgress?: (part: number) => void}} Credentials
 */

export class Session extends LivingSession {
  #kept = new KeptSeed();

  /**
   * @param {string} root the portal's root in this language: `` or `/en`
   */
  constructor(root) {
    super(root);
    /** @type {any} */
    this.ring = null;
    /** Whether this person's access was ended: this document opens and keeps nothing any more. */
    this.over = false;
    /** Asks for the second factor; null when the person goes back. Set by the page that has a place for it.
     * @type {import('./session/steps.js').AskSecond} */
    this.askSecond = async () => null;
    /** What else holds something of the keys, and lets it go with them. @type {(() => void)[]} */
    this.whenWiped = [];
  }

  /**
   * Sign in anew. The passphrase stays in this browser; the server gets a key derived from it.
   * @param {Credentials} credentials
   * @returns {Promise<void>}
   * @throws {Problem|import('./session/request.js').Offline|RingRefused}
   */
  async signIn({ login, passphrase, onProgress }) {
    const directory = await this.#directory();
    const portalId = portalIdOf(directory.portal_id);
    const { root, askSecond } = this;
    const opened = await byPassphrase({
      root,
      portalId,
      login,
      passphrase,
      askSecond,
      ...(onProgress && { onProgress }),
    });
    await this.#open(opened, directory);
    if (opened.parameterSet !== newestSet()) await this.changePassphrase(passphrase, onProgress).catch(() => undefined);
  }

  /**
   * Sign in anew with a passkey that also opens the keys. There is a passphrase too, always.
   * @returns {Promise<void>}
   */
  async signInByPasskey() {
    const directory = await this.#directory();
    await this.#open(await byPasskey({ root: this.root, portalId: portalIdOf(directory.portal_id) }), directory);
  }

  /**
   * Take up the living session in this document. Afterwards `ring` is null when this tab has no key to it.
   * @returns {Promise<void>}
   * @throws {Problem} 401 when the session has ended
   */
  async resume() {
    await this.refresh();
    const answer = /** @type {SessionAnswer} */ (this.answer);
    const content = await kept(b64uDecode(answer.session_half, "session_half", 32));
    const same = content?.login === answer.caseworker.login && content.kid === answer.caseworker.kid;
    const current = content?.portal_id === answer.portal_id && content.seq === answer.keyring?.seq;
    this.ring = same && current ? content.ring : null;
  }

  /**
   * Open the keyring of a living session with the passphrase alone; nothing derived from it is sent.
   * @param {string} passphrase
   * @param {(part: number) => void} [onProgress]
   * @returns {Promise<void>}
   * @throws {WrongPassphrase|RingRefused}
   */
  async unlock(passphrase, onProgress) {
    await this.#again(passphrase, false, onProgress);
  }

  /**
   * Prove to the portal who is sitting there, and open the keyring with it.
   * @param {string} passphrase
   * @param {(part: number) => void} [onProgress]
   * @returns {Promise<void>}
   * @throws {Problem|WrongPassphrase|RingRefused}
   */
  async confirm(passphrase, onProgress) {
    await this.#again(passphrase, true, onProgress);
  }

  /** @param {string} passphrase @param {boolean} proving @param {(part: number) => void} [onProgress] */
  async #again(passphrase, proving, onProgress) {
    const { root, portalId, answer } = this;
    const { login } = this.caseworker;
    const directory = await this.#directory();
    const parts = { root, portalId, login, passphrase, answer, proving, ...(onProgress && { onProgress }) };
    await this.#open(await againByPassphrase(parts), directory);
  }

  /**
   * Prove who is sitting there with a passkey; one that opens the keys opens the keyring too.
   * @returns {Promise<boolean>} whether the keys are open now
   */
  async unlockByPasskey() {
    const { root, portalId, answer } = this;
    const directory = await this.#directory();
    const opened = await confirmByPasskey({ root, portalId, answer });
    if (opened) await this.#open(opened, directory);
    return opened !== null;
  }

  /**
   * Give the caseworker's own seed, asking in place where no proof is fresh; null when the person says not now.
   * @returns {Promise<Uint8Array|null>}
   */
  async ownSeed() {
    if (!this.#kept.seed) await this.revive("confirm");
    return this.#kept.seed;
  }

  /**
   * Wrap the same seed under another passphrase, and have the portal keep that.
   * @param {string} passphrase
   * @param {(part: number) => void} [onProgress]
   * @returns {Promise<boolean>} false when the person says not now
   */
  async changePassphrase(passphrase, onProgress) {
    const seed = await this.ownSeed();
    if (!seed) return false;
    const { portalId } = this;
    const { login, slug, kid: named } = this.caseworker;
    const whose = { portalId, login, slug, kid: b64uDecode(named, "kid", 16), seed, wrapSeed };
    await this.post("/passphrase", await newPassphrase({ ...whose, passphrase, ...(onProgress && { onProgress }) }));
    await this.refresh();
    return true;
  }

  /** Leave nothing of the keys in this document. */
  wipeMemory() {
    this.ring = null;
    this.#kept.forget();
    for (const act of this.whenWiped) act();
  }

  /** Leave nothing of the keys in this tab: not in this document, not for the next. */
  wipe() {
    this.wipeMemory();
    forget();
  }

  /** This person's access was ended: no key stays, none comes back, and nobody is asked for a passphrase. */
  giveUp() {
    this.over = true;
    this.revive = async () => false;
    this.wipe();
  }

  /** @returns {Promise<any>} as served, not yet verified */
  #directory() {
    return ask(`${this.root}/api/v1/directory`);
  }

  /**
   * @param {import('./session/steps.js').Opened} opened
   * @param {any} directory as served, not yet verified
   * @returns {Promise<void>}
   */
  async #open({ answer, unwrapKey, wrapped }, directory) {
    const { slug, kid } = answer.caseworker;
    const portalId = portalIdOf(answer.portal_id);
    const whose = { portalId, slug, kid: b64uDecode(kid, "kid", 16) };
    const seed = await unwrapSeed({ wrapKey: unwrapKey, wrapped: b64uDecode(wrapped), ...whose }).catch(() => {
      throw new WrongPassphrase();
    });
    const { keyring, portal_id } = answer;
    const ring = keyring && (await trustedRing({ keyring, portal_id, seed, whose, directory }));
    if (this.over) throw new Problem(401, { code: "access_ended" });
    this.take(answer);
    this.#kept.keep(seed);
    this.ring = null;
    if (ring) await this.adopt(ring);
  }

  /**
   * Take a ring that was believed, or that this browser made itself, for this tab's own.
   * @param {import('../domain/keyring_content.js').Keyring} ring
   * @returns {Promise<void>}
   */
  async adopt(ring) {
    if (this.over) return;
    const answer = /** @type {SessionAnswer} */ (this.answer);
    const { slug, kid, login } = answer.caseworker;
    this.ring = ring;
    const content = { v: /** @type {1} */ (1), portal_id: answer.portal_id, login, slug, kid, seq: ring.seq, ring };
    await keep(content, b64uDecode(answer.session_half, "session_half", 32));
    if (this.over) this.wipe();
  }
}

/** Leave nothing in this tab when the sign-out form of the page is sent. */
export function forgetOnSignOut() {
  for (const form of document.querySelectorAll('form[action$="/sign-out"]')) form.addEventListener("submit", forget);
}
