// Summaries of all that is open, opened and made searchable. Knows no page and no network: it runs in a worker, or
// where there is none, in the page.

import { le64 } from "../../crypto/encoding.js";
import { SUMMARY_BUCKETS, unpad } from "../../crypto/padding.js";
import { summaryAad, summaryCipherKey } from "../../crypto/summary.js";
import { FormatError } from "../../errors.js";
import { packed, unpacked } from "./packing.js";
import { parseSummary } from "./summary_content.js";
import { flagsOf, summaryLine } from "./summary_line.js";
import { bytesOf, joined, parted, storedOf } from "./summary_store.js";
import { TagIndex } from "./tag_index.js";
import { tagsTyped } from "./typed_tags.js";

/**
 * @typedef {import("./summary_content.js").SummaryContent} SummaryContent
 * @typedef {import("./summary_store.js").Stored} Stored
 * @typedef {import("./tag_index.js").TagKind} TagKind
 * @typedef {import("./summary_store.js").SealedSummary} SealedSummary
 * @typedef {Record<string, Record<string, string>>} Words labels of enums by enum and value
 * @typedef {{keys: Record<string, Uint8Array>, portalId: Uint8Array, slug: string, words: Words}} Whose `keys`: the
 *   summary key of each epoch by its kid
 * @typedef {{words: string, flags: string[], harm: string[], material: string[], wishes: string[]}} Asked
 * @typedef {{summary: SummaryContent, flags: string[], line: string}} Opened
 * @typedef {{key: CryptoKey, place: import("../../domain/wire.js").Bytes}} Cipher `place`: the aad of an epoch, with room
 */

const NONCE = 12;
/** What presses most weighs more than all that follow it together. @type {Record<string, number>} */
const WEIGHTS = { danger: 16, under_19: 8, threat: 4, spreading: 2, again: 1 };

export class SummaryIndex {
  /** @param {Whose} whose */
  constructor(whose) {
    this.whose = whose;
    /** @type {Map<string, Promise<Cipher>>} */
    this.ciphers = new Map();
    /** @type {Map<string, Stored>} what came or was kept, whether it opens or not */
    this.stored = new Map();
    /** @type {Map<string, Opened>} */
    this.opened = new Map();
    this.tags = new TagIndex();
  }

  /**
   * Take up what the tab kept.
   * @param {string} text packed
   */
  takeKept(text) {
    if (text) this.stored = parted(unpacked(text));
  }

  /** What the tab may keep: ciphertext alone. @returns {string} */
  toKeep() {
    return packed(joined(this.stored));
  }

  /**
   * Open what is known of these rows; give which summaries have to be fetched.
   * @param {{referral_id: string, summary_version: number}[]} rows
   * @returns {Promise<{wanted: string[], opened: number}>}
   */
  async know(rows) {
    const wanted = [];
    const there = [];
    for (const { referral_id: id, summary_version: version } of rows) {
      if (version === 0) continue;
      if (this.stored.get(id)?.version === version) there.push(id);
      else wanted.push(id);
    }
    return { wanted, opened: await this.#openAll(there) };
  }

  /**
   * Take summaries as the portal hands them out, and open them.
   * @param {SealedSummary[]} handed
   * @returns {Promise<number>} how many opened
   */
  async take(handed) {
    for (const one of handed) this.stored.set(one.referral_id, storedOf(one));
    return this.#openAll(handed.map((one) => one.referral_id));
  }

  /**
   * Forget what is listed no longer.
   * @param {string[]} listed
   */
  only(listed) {
    const living = new Set(listed);
    for (const id of this.stored.keys()) if (!living.has(id)) this.#forget(id);
  }

  /**
   * The referrals that all of this is true of. A typed address is looked for by its tag, other words in the lines.
   * @param {Asked} asked
   * @returns {Promise<string[]>}
   */
  async find(asked) {
    const typed = asked.words.trim();
    const tags = await tagsTyped(typed);
    const tagged = new Set(tags.flatMap(([kind, tag]) => this.tags.referrals(kind, tag)));
    const words = typed.toLowerCase().split(/\s+/u).filter(Boolean);
    const found = [];
    for (const [id, { summary, flags, line }] of this.opened) {
      if (!all(asked.flags, flags) || !all(asked.harm, summary.harm)) continue;
      if (!all(asked.material, summary.material) || !all(asked.wishes, summary.wishes)) continue;
      if (tagged.has(id) || words.every((word) => line.includes(word))) found.push(id);
    }
    return found;
  }

  /**
   * What several of the referrals have in common.
   * @param {TagKind} kind
   * @returns {import("./tag_index.js").Group[]}
   */
  groups(kind) {
    return this.tags.groups(kind);
  }

  /**
   * In which referrals each of these tags is found.
   * @param {[TagKind, string][]} asked
   * @returns {string[][]}
   */
  having(asked) {
    return asked.map(([kind, tag]) => this.tags.referrals(kind, tag));
  }

  /** Open all that was taken up, whatever is listed now. @returns {Promise<number>} */
  openKept() {
    return this.#openAll([...this.stored.keys()]);
  }

  /** How many referrals each flag is true of. @returns {Record<string, number>} */
  flagCounts() {
    /** @type {Record<string, number>} */
    const counts = {};
    for (const { flags } of this.opened.values()) for (const flag of flags) counts[flag] = (counts[flag] ?? 0) + 1;
    return counts;
  }

  /**
   * How much each of these presses, by what its summary says.
   * @param {string[]} ids
   * @returns {Record<string, number>}
   */
  weights(ids) {
    /** @type {Record<string, number>} */
    const found = {};
    for (const id of ids) {
      const flags = this.opened.get(id)?.flags ?? [];
      found[id] = flags.reduce((sum, flag) => sum + (WEIGHTS[flag] ?? 0), 0);
    }
    return found;
  }

  /**
   * What is to be shown of these.
   * @param {string[]} ids
   * @returns {Record<string, SummaryContent>}
   */
  contents(ids) {
    /** @type {Record<string, SummaryContent>} */
    const found = {};
    for (const id of ids) {
      const opened = this.opened.get(id);
      if (opened) found[id] = opened.summary;
    }
    return found;
  }

  /** @param {string[]} ids @returns {Promise<number>} */
  async #openAll(ids) {
    const opened = await Promise.all(ids.map((id) => this.#open(id)));
    return opened.filter(Boolean).length;
  }

  /** @param {string} id @returns {Promise<boolean>} */
  async #open(id) {
    const stored = /** @type {Stored} */ (this.stored.get(id));
    try {
      const { words } = this.whose;
      const { sealed } = stored;
      const { key, place } = await this.#cipher(stored.epochKid);
      const algorithm = { name: "AES-GCM", iv: sealed.subarray(0, NONCE), additionalData: placed(place, stored) };
      const padded = await crypto.subtle.decrypt(algorithm, key, sealed.subarray(NONCE));
      const summary = parseSummary(unpad(new Uint8Array(padded), SUMMARY_BUCKETS));
      const line = summaryLine(summary, (name, value) => words[name]?.[value] ?? value, "").toLowerCase();
      this.opened.set(id, { summary, flags: flagsOf(summary), line });
      this.tags.put(id, summary.tags);
      return true;
    } catch {
      this.#forget(id);
      return false;
    }
  }

  /** @param {string} kid @returns {Promise<Cipher>} */
  #cipher(kid) {
    const known = this.ciphers.get(kid);
    if (known) return known;
    const summaryKey = this.whose.keys[kid];
    if (!summaryKey) throw new FormatError("epoch_kid");
    const cipher = this.#cipherOf(kid, summaryKey);
    this.ciphers.set(kid, cipher);
    return cipher;
  }

  /** @param {string} kid @param {Uint8Array} summaryKey @returns {Promise<Cipher>} */
  async #cipherOf(kid, summaryKey) {
    const { portalId, slug } = this.whose;
    const raw = await summaryCipherKey(summaryKey);
    const nothing = { reportId: new Uint8Array(16), sealedHash: new Uint8Array(32), version: 0 };
    return {
      key: await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["decrypt"]),
      place: summaryAad({ portalId, slug, epochKid: bytesOf(kid), ...nothing }),
    };
  }

  /** @param {string} id */
  #forget(id) {
    this.stored.delete(id);
    this.opened.delete(id);
    this.tags.drop(id);
  }
}

/**
 * The aad of one summary: that of its epoch with the three parts put in that differ, counted from the end, where
 * `… LE64(16) reportId LE64(16) epochKid LE64(32) sealedHash LE64(8) LE64(version)` stands. Thousands are made at once.
 * @param {Uint8Array} place @param {Stored} stored
 */
function placed(place, { reportId, sealedHash, version }) {
  const aad = new Uint8Array(place);
  aad.set(reportId, aad.length - 96);
  aad.set(sealedHash, aad.length - 48);
  aad.set(le64(version), aad.length - 8);
  return aad;
}

/** @param {string[]} wanted @param {string[]} there */
function all(wanted, there) {
  return wanted.every((one) => there.includes(one));
}
