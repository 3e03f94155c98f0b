/**
 * How the functions that vectors name are called here. In the files arguments stand by name, as Python has them; here
 * short functions take them in that order, and those with many take one object.
 */

import { concat, sha256 } from "../../static/js/crypto/encoding.js";
import { fromSeed } from "../../static/js/crypto/recipient_key.js";
import * as vocabulary from "../../static/js/domain/vocabulary.js";

/** @typedef {Record<string, any>} Given */

const CRYPTO = new Set(
  `caseworker_key custody encoding envelope epoch_chain evidence keyring message onward opening own padding receipt recipient_key
  signed_list signing small small_opening summary work_record`.split(/\s+/),
);

/** Functions of one object, with the names that differ. @type {Record<string, Record<string, string>>} */
const BY_OBJECT = {
  leaf: {},
  message_aad: {},
  seal_message: {},
  open_message: {},
  seal_own: {},
  seal_draft: {},
  open_own: {},
  open_draft: {},
  report_info: {},
  reseal_info: {},
  referral_info: {},
  keyring_info: { kid: "caseworkerKid" },
  recovery_info: {},
  recovery_proof_info: {},
  seal_recovery_proof: {},
  open_recovery_proof: {},
  list_info: {},
  seal_letter: {},
  seal_reseal: {},
  seal_referral: {},
  seal_keyring: { kid: "caseworkerKid" },
  seal_recovery: {},
  seal_list: { shared_list: "list" },
  open_letter: {},
  open_reseal: {},
  open_referral: {},
  open_passed_on: {},
  answer_aad: {},
  seal_answer: {},
  open_answer: {},
  evidence_message: {},
  list_message: {},
  open_list: {},
  open_keyring: { kid: "caseworkerKid" },
  open_recovery: {},
  entry_message: {},
  sign_entry: {},
  verify_chain: {},
  ended_on: {},
  summary_aad: {},
  seal_summary: {},
  open_summary: {},
  match_tag: {},
  record_aad: { record_type: "type" },
  seal_record: { record_type: "type" },
  open_record: { record_type: "type" },
  root: {},
  wrap_aad: {},
  wrap_seed: { wrap: "wrapKey" },
  unwrap_seed: { wrap: "wrapKey" },
  new_epoch: {},
  first_ring: {},
  next_ring: {},
  check_ring: {},
  check_following: {},
  check_against_chain: {},
  letter_for: { full_letter: "letter" },
  seal_small: {},
};

/** Python's openings find the kid from the seed; these are told it. */
const NEED_KID = new Set([
  "open_letter",
  "open_reseal",
  "open_referral",
  "open_passed_on",
  "open_list",
  "open_keyring",
]);

/** @param {string} name */
export const camel = (name) => name.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());

/** Functions that have no twin of the same shape. @type {Record<string, (given: Given) => any>} */
const SPECIAL = {
  "vocabulary.words": ({ name }) => /** @type {Given} */ (vocabulary)[name],
  "encoding.sha256": ({ pieces }) => sha256(concat(...pieces)),
  "referral_state.transitions": async ({ state }) => (await load("referral_state")).transitions(state).toSorted(),
  "referral_state.choices": async ({ state }) => (await load("referral_state")).choices(state).toSorted(),
  "item_state.transitions": async ({ state }) => (await load("item_state")).transitions(state).toSorted(),
  "request_state.transitions": async ({ state }) => (await load("request_state")).transitions(state).toSorted(),
  "room_state.transitions": async ({ state }) => (await load("room_state")).transitions(state).toSorted(),
  "directory_state.transitions": async ({ state }) => (await load("directory_state")).transitions(state).toSorted(),
  "campaign_state.transitions": async ({ state }) => (await load("campaign_state")).transitions(state).toSorted(),
  "onward_state.transitions": async ({ state }) => (await load("onward_state")).transitions(state).toSorted(),
  "elsewhere.hkdf_sha256": ({ key, salt, info, length }) =>
    derive("HKDF", key, { name: "HKDF", hash: "SHA-256", salt, info }, length),
  "elsewhere.pbkdf2_hmac_sha256": ({ password, salt, rounds, length }) =>
    derive("PBKDF2", password, { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds }, length),
};

/** @param {string} name @param {Uint8Array<ArrayBuffer>} key @param {any} derivation @param {number} length */
async function derive(name, key, derivation, length) {
  const imported = await crypto.subtle.importKey("raw", key, name, false, ["deriveBits"]);
  return new Uint8Array(await crypto.subtle.deriveBits(derivation, imported, length * 8));
}

/** @param {string} module @returns {Promise<Given>} */
function load(module) {
  if (module === "envelope_browser") return import("../../static/js/crypto/opening.js");
  return import(`../../static/js/${CRYPTO.has(module) ? "crypto" : "domain"}/${module}.js`);
}

/**
 * Calls what a test names with what it gives.
 * @param {string} module @param {string} name @param {Given} given
 */
export async function call(module, name, given) {
  const special = SPECIAL[`${module}.${name}`];
  if (special) return special(given);
  const found = (await load(module))[camel(name)] ?? (await load("opening"))[camel(name)];
  if (typeof found !== "function") throw new TypeError(`no function ${camel(name)} for ${module}`);
  const renamed = BY_OBJECT[name];
  if (!renamed) {
    const { pieces = [], ...rest } = given;
    return found(...Object.values(rest), ...pieces);
  }
  const named = Object.fromEntries(Object.entries(given).map(([key, value]) => [renamed[key] ?? camel(key), value]));
  const kid = renamed.kid ?? "kid";
  if (NEED_KID.has(name) && named[kid] === undefined) named[kid] = (await fromSeed(named.seed)).kid;
  return found(named);
}
