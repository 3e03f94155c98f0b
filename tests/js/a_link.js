/** Links, letters and a portal that tests of the page by link work with. */

import { transitions } from "../../static/js/domain/item_state.js";
import { emptyItem } from "../../static/js/domain/letter.js";
import { b64uEncode } from "../../static/js/domain/wire.js";
import { Problem } from "../../static/js/pages/session/request.js";

/** @param {number} number @param {string} [referral] @param {string} [state] */
export function aLink(number, referral = "A", state = "reported") {
  const item = b64uEncode(new Uint8Array(16).fill(number));
  const said = { ...emptyItem(new Uint8Array(16).fill(number)), url: `https://board.example/${number}` };
  return {
    key: `${referral} ${item}`,
    referral,
    item,
    number,
    state,
    since: "",
    url: /** @type {string|null} */ (said.url),
    site: "board.example",
    ageGroup: "",
    said,
  };
}

/** A post that only notes what it is given. */
export class NotingPost {
  /** @type {string[]} */
  noted = [];
  /** @param {any} one */
  add(one) {
    this.noted.push(`add ${one.link.number} ${one.state}`);
  }
  /** @param {any} one */
  takeBack(one) {
    this.noted.push(`back ${one.link.number}`);
    return true;
  }
  /** @param {any} one */
  undo(one) {
    this.noted.push(`undo ${one.link.number}`);
  }
  /** @param {string} referral */
  closeOthers(referral) {
    this.noted.push(`close ${referral}`);
  }
}

/** A portal that keeps where links stand, as `services/disposition.py` does: versions, all or none, undo by one step. */
export class ItemPortal {
  /** @param {{referral: string, item: string, state: string}[]} links */
  constructor(links) {
    /** @type {Map<string, {state: string, from: string}>} */
    this.items = new Map(links.map(({ referral, item, state }) => [`${referral} ${item}`, { state, from: "" }]));
    /** @type {Map<string, number>} */
    this.versions = new Map();
    /** @type {string[]} */
    this.messages = [];
    /** What the next answers are instead; null lets one through, a function is called first. @type {any[]} */
    this.faults = [];
  }

  /** @param {string} referral */
  version(referral) {
    return this.versions.get(referral) ?? 1;
  }

  /** @param {string} referral @param {string} item @param {string} state somebody else's change */
  moved(referral, item, state) {
    this.items.set(`${referral} ${item}`, { state, from: "" });
    this.versions.set(referral, this.version(referral) + 1);
  }

  /** @param {string} referral */
  standing(referral) {
    const own = [...this.items].filter(([key]) => key.startsWith(`${referral} `));
    return own.map(([key, { state }]) => ({ item_id: key.split(" ")[1] ?? "", state, state_on: "2026-11-22" }));
  }

  /** @param {string} referral @param {any} body @param {() => void} change */
  take(referral, body, change) {
    const fault = this.faults.shift();
    if (fault?.before) throw fault.before;
    if (!this.messages.includes(body.message)) {
      if (body.version !== this.version(referral)) throw conflict();
      change();
      this.messages.push(body.message);
      this.versions.set(referral, this.version(referral) + 1);
    }
    if (fault?.after) throw fault.after;
  }

  /** An open referral as `pages/referral/open_referral.js` is one. @param {string} referral @param {string} [avoid] */
  open(referral, avoid = "") {
    const opening = { items: this.standing(referral), version: this.version(referral) };
    const letter = { lang: "ko", contact: { avoid } };
    const stands = () => Object.assign(opening, { items: this.standing(referral), version: this.version(referral) });
    let made = 0;
    const messageOf = (/** @type {string} */ words) => {
      made += 1;
      return `${referral}${made}:${words}`;
    };
    return /** @type {any} */ ({
      case: { opening, letter },
      async makeDecided(/** @type {any[]} */ decided, /** @type {string} */ words, /** @type {string} */ reason) {
        return { version: opening.version, items: decided, message: messageOf(words), reason };
      },
      async makeUndo(/** @type {any[]} */ back, /** @type {string} */ words) {
        return { version: opening.version, items: back, message: messageOf(words) };
      },
      sendItems: async (/** @type {any} */ body) => {
        this.take(referral, body, () => this.#change(referral, body.items));
        stands();
      },
      sendUndo: async (/** @type {any} */ body) => {
        this.take(referral, body, () => this.#undo(referral, body.items));
        stands();
      },
    });
  }

  /** @param {string} referral @param {{itemId: string, state: string}[]} items */
  #change(referral, items) {
    for (const { itemId, state } of items) {
      const before = this.items.get(`${referral} ${itemId}`)?.state ?? "reported";
      if (!transitions(before).includes(state)) throw new Problem(409, { code: "transition_refused" });
      this.items.set(`${referral} ${itemId}`, { state, from: before });
    }
  }

  /** @param {string} referral @param {{itemId: string}[]} items */
  #undo(referral, items) {
    for (const { itemId } of items) {
      const from = this.items.get(`${referral} ${itemId}`)?.from;
      if (!from) throw new Problem(409, { code: "undo_over" });
      this.items.set(`${referral} ${itemId}`, { state: from, from: "" });
    }
  }
}

/** @param {string} [who] */
export function conflict(who = "other") {
  return new Problem(409, { code: "version_conflict", changed_by: who });
}
