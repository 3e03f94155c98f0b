// Which referrals have a link, a site or an account in common: from each tag to those that have it. Filled when it is
// first asked, so that opening summaries waits for none of it.

/**
 * @typedef {'url'|'site'|'poster'} TagKind
 * @typedef {Record<TagKind, string[]>} Tags one of each an item, empty where there is none
 * @typedef {{tag: string, referrals: string[], links: number}} Group `links`: how many items of these have the tag
 */

export const TAG_KINDS = /** @type {const} */ (["url", "site", "poster"]);

export class TagIndex {
  constructor() {
    /** What a tag is found in, by number: one alone, or a list with one entry an item. Most tags have one. */
    this.places = {
      url: /** @type {Map<string, number|number[]>} */ (new Map()),
      site: /** @type {Map<string, number|number[]>} */ (new Map()),
      poster: /** @type {Map<string, number|number[]>} */ (new Map()),
    };
    /** @type {string[]} */
    this.ids = [];
    /** @type {Map<string, number>} */
    this.numbers = new Map();
    /** @type {Map<string, Tags>} what is known of each referral */
    this.known = new Map();
    /** @type {Set<string>} those that the places do not have yet */
    this.waiting = new Set();
  }

  /** @param {string} id @param {Tags} tags */
  put(id, tags) {
    this.drop(id);
    this.known.set(id, tags);
    this.waiting.add(id);
  }

  /** @param {string} id */
  drop(id) {
    const tags = this.known.get(id);
    if (!tags) return;
    this.known.delete(id);
    if (this.waiting.delete(id)) return;
    const number = this.numbers.get(id);
    for (const kind of TAG_KINDS) for (const tag of new Set(tags[kind])) this.#without(kind, tag, number);
  }

  /** The referrals in which a tag is found, each once. @param {TagKind} kind @param {string} tag @returns {string[]} */
  referrals(kind, tag) {
    this.#fill();
    return this.#idsOf(this.places[kind].get(tag));
  }

  /**
   * What several referrals have in common, what most have first.
   * @param {TagKind} kind
   * @param {number} [least] referrals
   * @returns {Group[]}
   */
  groups(kind, least = 2) {
    this.#fill();
    const found = [];
    for (const [tag, place] of this.places[kind]) {
      const links = typeof place === "number" ? 1 : place.length;
      if (links < least) continue;
      const referrals = this.#idsOf(place);
      if (referrals.length >= least) found.push({ tag, referrals, links });
    }
    return found.sort(
      (a, b) => b.referrals.length - a.referrals.length || b.links - a.links || (a.tag < b.tag ? -1 : 1),
    );
  }

  /** @param {number|number[]|undefined} place */
  #idsOf(place) {
    if (place === undefined) return [];
    const numbers = typeof place === "number" ? [place] : [...new Set(place)];
    return numbers.map((number) => /** @type {string} */ (this.ids[number]));
  }

  #fill() {
    for (const id of this.waiting) {
      const tags = /** @type {Tags} */ (this.known.get(id));
      const number = this.#numberOf(id);
      for (const kind of TAG_KINDS) for (const tag of tags[kind]) if (tag) this.#with(kind, tag, number);
    }
    this.waiting.clear();
  }

  /** @param {string} id */
  #numberOf(id) {
    const known = this.numbers.get(id);
    if (known !== undefined) return known;
    this.numbers.set(id, this.ids.length);
    return this.ids.push(id) - 1;
  }

  /** @param {TagKind} kind @param {string} tag @param {number} number */
  #with(kind, tag, number) {
    const place = this.places[kind].get(tag);
    if (place === undefined) this.places[kind].set(tag, number);
    else if (typeof place === "number") this.places[kind].set(tag, [place, number]);
    else place.push(number);
  }

  /** @param {TagKind} kind @param {string} tag @param {number|undefined} number */
  #without(kind, tag, number) {
    const place = this.places[kind].get(tag);
    if (place === undefined) return;
    const left = typeof place === "number" ? [] : place.filter((one) => one !== number);
    if (left.length === 0) this.places[kind].delete(tag);
    else this.places[kind].set(tag, left);
  }
}
