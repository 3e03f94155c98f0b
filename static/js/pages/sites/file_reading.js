// A file of sites, read whole before anything is taken: a table, or a list that another organisation signed.

import { listFaults, listSigner } from "../../crypto/signed_list.js";
import { csvRows, fileText } from "../../domain/csv.js";
import { parseList } from "../../domain/signed_list.js";
import { sitesOf, TableFault } from "../../domain/site_table.js";
import { FormatError } from "../../errors.js";
import { directoryOf } from "../referral/passed_on.js";
import { text } from "../texts.js";

/**
 * @typedef {import("../../domain/signed_list.js").Site} Site
 * @typedef {import("../../domain/directory_record.js").Source} Source
 * @typedef {{sites: Site[], source: Source|null, known: boolean}} FoundSites `known`: the directory has the key of whoever
 *   signed
 */

/** As many rows as are taken in at once. */
export const ROWS_MOST = 2000;

/** Why nothing of a file is taken, in words. */
export class FileFault extends Error {
  /** @override */
  name = "FileFault";
}

/**
 * @param {Uint8Array} bytes
 * @param {import("../../domain/site_table.js").Words} words
 * @param {import("../session.js").Session} session
 * @returns {Promise<FoundSites>}
 * @throws {FileFault}
 */
export async function sitesInFile(bytes, words, session) {
  if (isList(bytes)) return sitesInList(bytes, session);
  try {
    return { sites: sitesOf(csvRows(fileText(bytes), ROWS_MOST), words), source: null, known: true };
  } catch (error) {
    throw new FileFault(whyNot(error));
  }
}

/** @param {Uint8Array} bytes */
function isList(bytes) {
  return new TextDecoder().decode(bytes.subarray(0, 16)).trimStart().startsWith("{");
}

/** @param {unknown} error @returns {string} */
function whyNot(error) {
  if (error instanceof TableFault) return text(error.key, { row: error.row, what: error.what });
  if (error instanceof FormatError && ["rows", "size", "quotes", "encoding"].includes(error.field)) {
    return text(`file_${error.field}`, { most: ROWS_MOST });
  }
  throw error;
}

/** @param {Uint8Array} bytes @param {import("../session.js").Session} session @returns {Promise<FoundSites>} */
async function sitesInList(bytes, session) {
  const list = readList(bytes);
  const [fault] = await listFaults(bytes);
  if (fault) throw new FileFault(text(`fault_${fault}`));
  if (list.kind !== "sites") throw new FileFault(text("list_no_sites"));
  const { organisation, name, made_at, rows } = list.content;
  if (rows.length > ROWS_MOST) throw new FileFault(text("file_rows", { most: ROWS_MOST }));
  const source = { organisation, name, fingerprint: await listSigner(bytes), made_at };
  return { sites: rows, source, known: await isKnown(list, session) };
}

/** @param {Uint8Array} bytes */
function readList(bytes) {
  try {
    return parseList(bytes);
  } catch (error) {
    if (error instanceof FormatError) throw new FileFault(text("file_no_list"));
    throw error;
  }
}

/**
 * Whether the list's chain is the beginning of the one that the directory has for its maker.
 * @param {import("../../domain/signed_list.js").SignedList} list
 * @param {import("../session.js").Session} session
 */
async function isKnown({ content, chain }, session) {
  const organisation = await directoryOf(session).then(
    (found) => found.get(content.organisation),
    () => undefined, // the directory cannot be had just now: then people compare
  );
  const own = organisation?.chain.slice(0, chain.length) ?? [];
  return own.length === chain.length && own.every((entry, at) => entry.signing_key === chain[at]?.signing_key);
}
