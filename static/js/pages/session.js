// A caseworker's session in this document: who it is, the opened keyring, and requests that survive the session's end.

import { signInKey, root as stretch, wrapKey } from "../crypto/caseworker_key.js";
import { unwrapSeed } from "../crypto/opening.js";
import { b64uDecode, b64uEncode } from "../domain/wire.js";
import { ask, Problem } from "./session/request.js";
import { forget, keep, kept } from "./session/stored_tab.js";
import { RingRefused, trustedRing } from "./session/trusted_ring.js";

export { RingRefused };

/**
 * @typedef {{login: string, slug: string, kid: string, role: string}} Caseworker
 * @typedef {{caseworker: Caseworker, portal_id: string, wrapped_seed: string, keyring: {seq: number, sealed: string}|null,
 *   session_half: string, csrf: string}} SessionAnswer
 * @typedef {{login: string, passphrase: string, onProgress?: (part: number) => void}} Credentials
 */

/** The passphrase does not open this caseworker's key. */
export class WrongPassphrase extends Error {
  constructor() {
    super("wrong_passphrase");
    this.name = "WrongPassphrase";
  }
}

/** In another tab somebody else signed in: what this page holds is not theirs to send. */
export class OtherCaseworker extends Error {
  constructor() {
    super("other_caseworker");
    this.name = "OtherCaseworker";
  }
}

export class Session {
  /**
   * @param {string} root the portal's root in this language: `` or `/en`
   */
  constructor(root) {
    this.root = root;
    /** @type {SessionAnswer|null} */
    this.answer = null;
    /** @type {any} */
    this.ring = null;
    /** Asks for the passphrase in place; true when the session lives again. Set by the page that has a dialog.
     * @type {(reason: 'ended'|'locked') => Promise<boolean>} */
    this.revive = async () => false;
  }

  /** @returns {Caseworker} */
  get caseworker() {
    if (!this.answer) throw new Problem(401, { code: "session_ended" });
    return this.answer.caseworker;
  }

  /** @returns {Uint8Array} */
  get portalId() {
    return b64uDecode(this.answer?.portal_id ?? "", "portal_id", 16);
  }

  /**
   * Sign in anew. The passphrase stays in this browser; the server gets a key derived from it.
   * @param {Credentials} credentials
   * @returns {Promise<void>}
   * @throws {Problem|import('./session/request.js').Offline|RingRefused}
   */
  async signIn({ login, passphrase, onProgress }) {
    const directory = await ask(`${this.root}/api/v1/directory`);
    const portalId = b64uDecode(directory.portal_id, "portal_id", 16);
    const stretched = await stretch({
      passphrase,
      portalId,
      login,
      parameterSet: 1,
      ...(onProgress && { onProgress }),
    });
    const body = JSON.stringify({ login, sign_in: b64uEncode(await signInKey(stretched)), parameter_set: 1 });
    const answer = await ask(`${this.root}/sign-in`, { method: "POST", body });
    await this.#openRing(answer, await wrapKey(stretched), directory);
  }

  /**
   * Take up the living session in this document. Afterwards `ring` is null when this tab has no key to it.
   * @returns {Promise<void>}
   * @throws {Problem} 401 when the session has ended
   */
  async resume() {
    await this.#refresh();
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
    const { login } = this.caseworker;
    const directory = await ask(`${this.root}/api/v1/directory`);
    const portalId = this.portalId;
    const stretched = await stretch({
      passphrase,
      portalId,
      login,
      parameterSet: 1,
      ...(onProgress && { onProgress }),
    });
    await this.#openRing(/** @type {SessionAnswer} */ (this.answer), await wrapKey(stretched), directory);
  }

  /**
   * Send JSON to a staff address; when the session ended meanwhile, ask for the passphrase and send the same again.
   * @param {string} path such as `/referral/<id>/claim`
   * @param {object} content
   * @returns {Promise<any>}
   */
  async post(path, content) {
    const body = JSON.stringify(content);
    const send = () => ask(this.root + path, { method: "POST", body, csrf: this.answer?.csrf ?? "" });
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof Problem) || !(await this.#revived(error))) throw error;
      return send();
    }
  }

  /**
   * @param {Problem} problem
   * @returns {Promise<boolean>} whether sending again makes sense
   */
  async #revived(problem) {
    if (problem.status === 401) return this.revive("ended");
    if (problem.status !== 403) return false;
    const before = this.answer?.csrf;
    await this.#refresh();
    return this.answer?.csrf !== before;
  }

  /** @returns {Promise<void>} */
  async #refresh() {
    this.#take(await ask(`${this.root}/session`));
  }

  /**
   * @param {SessionAnswer} answer
   * @returns {void}
   */
  #take(answer) {
    if (this.answer && this.answer.caseworker.login !== answer.caseworker.login) throw new OtherCaseworker();
    this.answer = answer;
  }

  /**
   * @param {SessionAnswer} answer
   * @param {Uint8Array} key
   * @param {any} directory as served, not yet verified
   * @returns {Promise<void>}
   */
  async #openRing(answer, key, directory) {
    const { slug, kid } = answer.caseworker;
    const portalId = b64uDecode(answer.portal_id, "portal_id", 16);
    const whose = { portalId, slug, kid: b64uDecode(kid, "kid", 16) };
    const seed = await unwrapSeed({ wrapKey: key, wrapped: b64uDecode(answer.wrapped_seed), ...whose }).catch(() => {
      throw new WrongPassphrase();
    });
    const { keyring, portal_id } = answer;
    const ring = keyring && (await trustedRing({ keyring, portal_id, seed, whose, directory }));
    this.#take(answer);
    this.ring = null;
    if (ring) await this.adopt(ring);
  }

  /**
   * Take a ring that was believed, or that this browser made itself, for this tab's own.
   * @param {import('../domain/keyring_content.js').Keyring} ring
   * @returns {Promise<void>}
   */
  async adopt(ring) {
    const answer = /** @type {SessionAnswer} */ (this.answer);
    const { slug, kid, login } = answer.caseworker;
    this.ring = ring;
    const content = { v: /** @type {1} */ (1), portal_id: answer.portal_id, login, slug, kid, seq: ring.seq, ring };
    await keep(content, b64uDecode(answer.session_half, "session_half", 32));
  }
}

/** Leave nothing in this tab when the sign-out form of the page is sent. */
export function forgetOnSignOut() {
  for (const form of document.querySelectorAll('form[action$="/sign-out"]')) form.addEventListener("submit", forget);
}
