/**
 * What one address tells by itself: where it is, what it points at, and what is unusual about it. Never fetched. Twin of
 * `app/domain/address_reading.py`; both replay `tests/vectors/address_reading.json`. A reading is a proposal to whoever
 * typed the address, never a judgement: what cannot be told is said to be unclear.
 *
 * @typedef {import("./platform.js").Platform} Platform
 * @typedef {{form: string, host: string, platform: string | null, kind: string, points_at: string,
 *   like: string | null, notes: string[]}} Reading `host` is ASCII and empty where there is none; `platform` is a slug,
 *   `like` that of one imitated
 */

import { FormatError } from "../errors.js";
import { canonicalUrl } from "./canonical_url.js";
import { imitated, mixesScripts } from "./look_alike.js";
import { addressesIn } from "./pasted_text.js";
import { platformAt, platformOfScheme } from "./platform.js";
import { refanged } from "./refang.js";
import { UNDISCLOSED } from "./vocabulary.js";

export const FORMS = Object.freeze(["web", "magnet", "app_link", "other", "words"]);
export const POINTS_AT = Object.freeze(["thing", "account", "room", "search", "list", "home", "short_link", "unclear"]);
const SCHEME = /^([a-z][a-z0-9+.-]*):(?![0-9])/i;
const INTENT = /^intent:(?:\/\/)?(.*?)#intent;(?:.*;)?scheme=([a-z][a-z0-9+.-]*);/i;
const PARTS = /^(\[[^\]]*\]|[^:/?]*)(?::([0-9]+))?(.*)/s;
const IPV4 = /^[0-9]{1,3}(?:\.[0-9]{1,3}){3}$/;
// Boards of software that many small sites run: an address that names one entry, and one that names none.
const ENTRY = /[?&](?:wr_id|document_srl)=[0-9]|\/(?:bbs|board)\/.*[?&](?:no|idx|num|id|article_id)=[0-9]/;
const BOARD = /[?&](?:bo_table|mid)=|^\/(?:bbs|board|forum|community)(?:\/|$)/;

/**
 * Reads one address as typed, with or without its scheme, defanged or not. Words are read as words.
 * @param {string} typed @returns {Reading}
 */
export function readAddress(typed) {
  const address = plain(typed);
  const scheme = SCHEME.exec(address)?.[1]?.toLowerCase() ?? "";
  if (scheme === "magnet") return magnet(address);
  if (!["", "http", "https"].includes(scheme)) return appLink(scheme, address);
  if (scheme === "" && addressesIn(typed).length === 0) return reading("words");
  const canonical = canonicalOf(address);
  if (canonical === null) return reading(scheme === "" ? "words" : "other");
  return web(address, canonical.slice("https://".length));
}

/** The kind of place that an address shows, or `undisclosed` where it shows none. @param {string} typed @returns {string} */
export function proposedKind(typed) {
  return readAddress(typed).kind;
}

/** @param {string} typed */
function plain(typed) {
  const address = refanged(typed.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, ""));
  const intent = INTENT.exec(address);
  return intent ? `${intent[2]}://${intent[1]}` : address;
}

/** The canonical form, or null for what is no address. @param {string} address */
function canonicalOf(address) {
  try {
    return canonicalUrl(address);
  } catch (error) {
    if (error instanceof FormatError) return null;
    throw error;
  }
}

/** @param {string} address */
function magnet(address) {
  if (canonicalOf(address) === null) return reading("magnet", { kind: "p2p", notes: ["no_topic"] });
  return reading("magnet", { kind: "p2p", points_at: "thing" });
}

/** @param {string} scheme @param {string} address */
function appLink(scheme, address) {
  if (scheme === "ed2k") return reading("app_link", { kind: "p2p", points_at: "thing" });
  const platform = platformOfScheme(scheme);
  const rest = address.slice(scheme.length + 1);
  if (!platform) return reading(rest.startsWith("//") ? "other" : "words");
  const [kind, pointsAt] = shaped(platform, `${scheme}:${rest.replace(/^\/\//, "")}`);
  return reading("app_link", { platform: platform.slug, kind, points_at: pointsAt });
}

/** @param {string} address @param {string} canonical without its scheme */
function web(address, canonical) {
  const [, host = "", port = "", rest = ""] = PARTS.exec(canonical) ?? [];
  const platform = platformAt(host);
  const [kind, pointsAt] = placed(platform, host, rest);
  const like = platform ? null : imitated(host);
  const given = new URL(SCHEME.test(address) ? address : `https://${address}`);
  const said = {
    onion: host.endsWith(".onion"),
    ip_address: host.startsWith("[") || IPV4.test(host),
    port: port !== "",
    look_alike: like !== null,
    mixed_scripts: like === null && mixesScripts(host),
    name_in_front: given.username.includes("."),
    no_key: platform?.needsFragment === true && pointsAt !== "home" && given.hash.length < 2,
  };
  const notes = Object.entries(said).flatMap(([note, holds]) => (holds ? [note] : []));
  return reading("web", { host, platform: platform?.slug ?? null, kind, points_at: pointsAt, like, notes });
}

/** The kind of a web address and what it points at. @param {Platform | null} platform @param {string} host @param {string} rest */
function placed(platform, host, rest) {
  const also = platform?.also[host];
  if (also) return rest ? also : [also[0], "home"];
  if (platform) {
    const own = platform.suffixes.some((end) => host.endsWith(`.${end}`)); // somebody's own place there
    return rest || own ? shaped(platform, rest) : [platform.kind, "home"];
  }
  if (ENTRY.test(rest)) return ["forum", "thing"];
  if (BOARD.test(rest)) return ["forum", "list"];
  return ["page", rest ? "thing" : "home"];
}

/** @param {Platform} platform @param {string} rest @returns {[kind: string, pointsAt: string]} */
function shaped(platform, rest) {
  const found = platform.shapes.find(({ pattern }) => pattern.test(rest));
  return found ? [found.kind, found.pointsAt] : [platform.kind, platform.pointsAt];
}

/** @param {string} form @param {Partial<Reading>} [more] @returns {Reading} */
function reading(form, more = {}) {
  const nothing = { host: "", platform: null, kind: UNDISCLOSED, points_at: "unclear", like: null, notes: [] };
  return { form, ...nothing, ...more };
}
