// What goes into an evidence package: what was reported, where each link stands, what the reporter was told, requests,
// and who did what by role. Keys never go along. Touches no page.

import { sha256 } from "../../crypto/encoding.js";
import { namedParts, signManifest } from "../../crypto/evidence.js";
import { letterJson } from "../../domain/letter.js";
import { b64uDecode } from "../../domain/wire.js";
import { addedOn } from "../referral/thread.js";

/**
 * @typedef {import('../referral/types.js').Case} Case
 * @typedef {import("../../domain/evidence.js").Manifest} Manifest
 * @typedef {import("../../domain/evidence.js").Package} Package
 * @typedef {{account: boolean, offender: boolean, contact: boolean, words: boolean}} Include what is ticked
 * @typedef {{at: string, role: string, action: string, detail: string}} Act
 * @typedef {{recordId: string, type: string, state: string, dueOn: string|null, at: string, content: any}} Record
 */

/**
 * @param {{held: Case, actions: Act[], records: Record[], include: Include}} parts
 * @returns {Package["parts"]}
 */
export function partsOf({ held, actions, records, include }) {
  return {
    letter: reported(held.letter, include),
    links: links(held),
    messages: held.messages.map((message) => told(message, include.words)),
    records: records.map(({ recordId, type, state, dueOn, at, content }) => ({
      record_id: recordId,
      type,
      state,
      due_on: dueOn,
      saved_at: at,
      content,
    })),
    actions: actions.map(({ at, role, action, detail }) => ({ at, role, action, detail })),
  };
}

/**
 * The letter without its keys, and without the closed parts that are not ticked.
 * @param {any} letter
 * @param {Include} include
 */
function reported(letter, include) {
  const { reply_key: _reply, log_key: _log, ...open } = letter;
  const { account, offender, contact } = letter;
  return {
    ...open,
    account: include.account ? account : null,
    offender: include.offender ? offender : null,
    contact: include.contact ? contact : null,
    left_out: ["account", "offender", "contact"].filter(
      (name) => letter[name] !== null && !include[/** @type {keyof Include} */ (name)],
    ),
  };
}

/** @param {Case} held */
function links({ items, opening, letter, messages }) {
  const added = addedOn(letter.items, messages);
  const states = new Map(opening.items.map((one) => [one.item_id, one]));
  return items.map((item, index) => ({
    n: index + 1,
    ...item,
    added_on: added.get(item.id) ?? null,
    state: states.get(item.id)?.state ?? "reported",
    state_on: states.get(item.id)?.state_on ?? null,
  }));
}

/**
 * @param {import('../referral/types.js').OpenedMessage} message
 * @param {boolean} words
 */
function told({ message_id, direction, received_on, content }, words) {
  return {
    message_id,
    direction,
    received_on,
    kind: content?.kind ?? null,
    states: content?.states ?? [],
    text: words ? (content?.text ?? null) : null,
  };
}

/**
 * The package, signed with the organisation's key in force.
 * @param {{held: Case, parts: Package["parts"], portalId: string, organisation: import('../../crypto/epoch_chain.js').Organisation,
 *   signingSeed: Uint8Array, madeAt: string, reason: string}} made
 * @returns {Promise<Package>}
 */
export async function packageOf({ held, parts, portalId, organisation, signingSeed, madeAt, reason }) {
  const { opening, letter } = held;
  const hash = async (/** @type {Uint8Array} */ bytes) => hex(await sha256(bytes));
  /** @type {Manifest} */
  const manifest = {
    v: 1,
    portal_id: portalId,
    organisation: organisation.slug,
    name: organisation.name,
    made_at: madeAt,
    reason,
    referral_id: opening.referral_id,
    report_id: opening.report_id,
    letter: {
      sealed_sha256: await hash(b64uDecode(opening.sealed, "sealed")),
      opened_sha256: await hash(letterJson(letter)),
      leaf: opening.leaf,
      received_on: opening.received_on,
      kid: opening.kid,
      origin_kid: opening.origin_kid,
      sealed_by: opening.sealed_by,
      referrer: opening.referrer ?? null,
    },
    parts: await namedParts(parts),
  };
  const signature = await signManifest(signingSeed, manifest);
  return { v: 1, kind: "evidence", manifest, signature, chain: organisation.chain, parts };
}

/** @param {Uint8Array} bytes */
function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
