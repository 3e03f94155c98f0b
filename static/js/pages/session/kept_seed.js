// The caseworker's own seed in this document, for as long as a proof of who is sitting there is fresh, and no longer.

/** In milliseconds: as long as the portal takes a proof for fresh. */
export const SEED_KEPT = 600_000;

export class KeptSeed {
  /** @type {Uint8Array|null} */
  seed = null;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;

  /** @param {Uint8Array} seed */
  keep(seed) {
    this.forget();
    this.seed = seed;
    this.#timer = setTimeout(() => this.forget(), SEED_KEPT);
    // Under Node a timer would keep the process alive.
    /** @type {any} */ (this.#timer).unref?.();
  }

  /** Overwrite it, so that nothing that still holds these bytes can use them. */
  forget() {
    clearTimeout(this.#timer);
    this.seed?.fill(0);
    this.seed = null;
  }
}
