// Files that staff save: tables, and lists signed with the organisation's key in force.

import { fingerprint } from "../../crypto/key_name.js";
import { signList } from "../../crypto/signed_list.js";
import { csvText } from "../../domain/csv.js";
import { listJson } from "../../domain/signed_list.js";
import { b64uDecode, b64uEncode, utf8Decode } from "../../domain/wire.js";
import { epochFor, newestKid } from "../referral/open_case.js";
import { directoryOf } from "../referral/passed_on.js";

/** Whoever is here holds no key that signs, or the directory does not have the organisation. */
export class CannotSign extends Error {
  /** @override */
  name = "CannotSign";
}

/**
 * @param {string} name
 * @param {string} content
 * @param {string} type
 * @returns {void}
 */
export function saveFile(name, content, type) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** @param {string} name without its ending @param {string[][]} rows */
export function saveTable(name, rows) {
  saveFile(`${name}.csv`, csvText(rows), "text/csv;charset=utf-8");
}

/**
 * A list of the organisation leaves: the portal notes that, and learns nothing of what is in it.
 * @param {import("../session.js").Session} session
 * @param {"sites"|"effort"|"campaign"} kind
 * @returns {Promise<string>} when, as noted
 */
export async function noted(session, kind) {
  const { made_at: madeAt } = await session.post("/sites/list", { kind });
  return madeAt;
}

/**
 * A list, noted and then signed in the organisation's name.
 * @param {import("../session.js").Session} session
 * @param {"sites"|"effort"} kind
 * @param {Record<string, unknown>} own what the kind has beside its head
 * @returns {Promise<{list: import("../../domain/signed_list.js").SignedList, content: string, digits: string}>}
 * @throws {CannotSign}
 */
export async function signedList(session, kind, own) {
  const { signingSeed } = epochFor(session, newestKid(session));
  const organisation = (await directoryOf(session, { fresh: true })).get(session.caseworker.slug);
  if (!organisation || !signingSeed) throw new CannotSign();
  const content = {
    v: 1,
    portal_id: b64uEncode(session.portalId),
    organisation: organisation.slug,
    name: organisation.name,
    made_at: await noted(session, kind),
    ...own,
  };
  const { chain } = organisation;
  const signature = await signList(signingSeed, kind, content);
  /** @type {any} */
  const list = { v: 1, kind, content, signature, chain };
  const digits = await fingerprint(b64uDecode(chain[0]?.signing_key, "signing_key", 32));
  return { list, content: utf8Decode(listJson(list)), digits };
}
