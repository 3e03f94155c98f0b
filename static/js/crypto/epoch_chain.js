/**
 * From a fingerprint on paper to the key in force: the chain that the directory serves. Twin of
 * `app/crypto/epoch_chain.py`; both replay `tests/vectors/epoch_chain.json`.
 *
 * @typedef {import("../domain/wire.js").Bytes} Bytes
 * @typedef {{signing_key: string, kid: string, signature: string}} ChainEntry
 * @typedef {{fingerprint: string, ended_on: string, chain: ChainEntry[]}} EarlierChain one that broke: nobody holds its
 *   keys any more
 * @typedef {{slug: string, kind: string, name: {ko: string, en: string}, region: string, kid: string,
 *   public_key: string, signing_key: string, fingerprint: string, chain: ChainEntry[],
 *   earlier: EarlierChain[]}} Organisation
 * @typedef {{v: 1, portal_id: string, organisations: Organisation[]}} Directory
 * @typedef {{portalId: Uint8Array, slug: string, index: number, signingKey: Uint8Array, kid: Uint8Array}} EntryPlace
 */

import { day } from "../domain/letter.js";
import { ORGANISATION_KINDS, REGIONS } from "../domain/vocabulary.js";
import * as wire from "../domain/wire.js";
import { b64uDecode, b64uEncode } from "../domain/wire.js";
import { FormatError } from "../errors.js";
import { context, equalBytes, le64 } from "./encoding.js";
import { fingerprint, kidOf } from "./key_name.js";
import { checkSignature, sign, signingKeyOf } from "./signing.js";

export const CHAIN_MOST = 1000;
export const EARLIER_MOST = 100;
const PUBLIC_KEY_LENGTH = 1216;
const name = wire.text(200, 1);

const checkChain = wire.listOf(
  wire.record({ signing_key: wire.b64uText(32), kid: wire.b64uText(16), signature: wire.b64uText(64) }),
  CHAIN_MOST,
  1,
);

const DIRECTORY = {
  v: wire.versionOne,
  portal_id: wire.b64uText(16),
  organisations: wire.listOf(
    wire.record({
      slug: wire.slug,
      kind: wire.oneOf(ORGANISATION_KINDS),
      name: wire.record({ ko: name, en: name }),
      region: wire.oneOf(REGIONS),
      kid: wire.b64uText(16),
      public_key: wire.b64uText(PUBLIC_KEY_LENGTH),
      signing_key: wire.b64uText(32),
      fingerprint: wire.text(35, 35),
      chain: checkChain,
      earlier: wire.listOf(
        wire.record({ fingerprint: wire.text(35, 35), ended_on: day, chain: checkChain }),
        EARLIER_MOST,
        0,
        (broken) => broken.fingerprint,
      ),
    }),
    1000,
    0,
    (organisation) => organisation.slug,
  ),
};

/** What the signature of the entry at `index` (from 0) is over. @param {EntryPlace} place */
export function entryMessage({ portalId, slug, index, signingKey, kid }) {
  return context("epoch", portalId, slug, le64(index), signingKey, kid);
}

/**
 * Makes the entry at `index`, signed by the key of the entry before (the first by its own).
 * @param {EntryPlace & {signerSeed: Uint8Array}} parts @returns {Promise<ChainEntry>}
 */
export async function signEntry({ signerSeed, ...place }) {
  if (place.index === 0 && !equalBytes(await signingKeyOf(signerSeed), place.signingKey)) {
    throw new FormatError("signing_key");
  }
  return {
    signing_key: b64uEncode(place.signingKey),
    kid: b64uEncode(place.kid),
    signature: b64uEncode(await sign(signerSeed, entryMessage(place))),
  };
}

/**
 * Checks every signature from the first entry on and gives the last entry, which is in force.
 * @param {{portalId: Uint8Array, slug: string, chain: ChainEntry[]}} parts @returns {Promise<ChainEntry>}
 */
export async function verifyChain({ portalId, slug, chain }) {
  const first = chain[0];
  if (!first) throw new FormatError("chain");
  let signer = b64uDecode(first.signing_key, "chain.0.signing_key", 32);
  let last = first;
  for (const [index, entry] of chain.entries()) {
    const signingKey = b64uDecode(entry.signing_key, `chain.${index}.signing_key`, 32);
    const kid = b64uDecode(entry.kid, `chain.${index}.kid`, 16);
    const signature = b64uDecode(entry.signature, `chain.${index}.signature`, 64);
    await checkSignature(signer, entryMessage({ portalId, slug, index, signingKey, kid }), signature);
    signer = signingKey;
    last = entry;
  }
  return last;
}

/**
 * Checks a whole directory, as `GET /api/v1/directory` answers it: its schema and, for each organisation, chain, kid,
 * signing key and fingerprint. Chains that broke before are checked likewise, and nothing of them is in force. Whether a
 * fingerprint is the true one, people compare with paper.
 * @param {unknown} directory @returns {Promise<Directory>}
 */
export async function verifyDirectory(directory) {
  /** @type {Directory} */
  const checked = wire.fields(directory, DIRECTORY, "directory");
  const portalId = b64uDecode(checked.portal_id, "directory.portal_id", 16);
  for (const [number, organisation] of checked.organisations.entries()) {
    await checkOrganisation(organisation, portalId, `directory.organisations.${number}`);
  }
  return checked;
}

/** @param {Organisation} organisation @param {Uint8Array} portalId @param {string} where */
async function checkOrganisation(organisation, portalId, where) {
  const { slug, chain } = organisation;
  const inForce = await verifyChain({ portalId, slug, chain });
  const kid = b64uEncode(await kidOf(b64uDecode(organisation.public_key, where)));
  if (kid !== organisation.kid || kid !== inForce.kid) throw new FormatError(`${where}.kid`);
  if (organisation.signing_key !== inForce.signing_key) throw new FormatError(`${where}.signing_key`);
  if (organisation.fingerprint !== (await fingerprintOf(chain))) throw new FormatError(`${where}.fingerprint`);
  await checkEarlier(organisation, portalId, `${where}.earlier`);
}

/** Each broken chain holds by itself, and shares no key with another. @param {Organisation} organisation
 * @param {Uint8Array} portalId @param {string} where */
async function checkEarlier({ slug, chain: inForce, earlier }, portalId, where) {
  const known = new Set(namesOf(inForce));
  for (const [number, { fingerprint: shown, chain }] of earlier.entries()) {
    await verifyChain({ portalId, slug, chain });
    if (shown !== (await fingerprintOf(chain))) throw new FormatError(`${where}.${number}.fingerprint`);
    const names = namesOf(chain);
    if (names.some((name) => known.has(name))) throw new FormatError(`${where}.${number}.chain`);
    for (const name of names) known.add(name);
  }
}

/** @param {ChainEntry[]} chain */
const namesOf = (chain) => chain.flatMap(({ kid, signing_key }) => [kid, signing_key]);

/** @param {ChainEntry[]} chain */
const fingerprintOf = (chain) => fingerprint(b64uDecode(chain[0]?.signing_key, "signing_key", 32));

/**
 * The day on which the chain broke that a kid (b64u) or a fingerprint belongs to; null for what is in force, and for
 * what is in no chain. `organisation` is one of a directory that was checked.
 * @param {{organisation: Pick<Organisation, "earlier">, name: string}} parts @returns {string|null}
 */
export function endedOn({ organisation, name }) {
  const broken = organisation.earlier.find(
    (one) => one.fingerprint === name || one.chain.some(({ kid }) => kid === name),
  );
  return broken?.ended_on ?? null;
}
