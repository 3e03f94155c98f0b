// New keys on schedule or on demand, for everybody who is in; keys that nothing lies under any more leave the ring.

import { changeRing } from "../people/changing.js";
import { ask } from "../session/request.js";

/** @typedef {import("../session.js").Session} Session */

/** A lead has left: the recovery words have to be new as well, and the page of the people makes both. */
export class WordsNeeded extends Error {
  constructor() {
    super("words_needed");
    this.name = "WordsNeeded";
  }
}

/**
 * Put new keys in force for the members that there are; whoever left gets none. Afterwards the session has the new ring.
 * @param {Session} session with its ring open
 * @returns {Promise<void>}
 * @throws {WordsNeeded} and whatever `changeRing` throws
 */
export async function newKeys(session) {
  const { people, kit_needed } = await ask(`${session.root}/people/standing`);
  if (kit_needed) throw new WordsNeeded();
  const { unused } = await ask(`${session.root}/keys/unused`);
  const left = people.filter((/** @type {any} */ one) => one.state === "left").map((/** @type {any} */ one) => one.kid);
  await changeRing(session, { fresh: true, without: left, dropped: unused });
}
