/**
 * One form for all addresses of one thing, to match by and for nothing else: the letter keeps what was typed. Twin of
 * `app/domain/canonical_url.py`; both replay `tests/vectors/canonical_url.json`. WHATWG parsing on both sides. Nothing
 * here is ever fetched.
 */

import { FormatError } from "../errors.js";
import { hostOfRecord, isTracking, LIST_VERSION, oneForm, posterIn } from "./platform.js";
import { refanged } from "./refang.js";

export const CANONICALISER_VERSION = LIST_VERSION;

const SCHEME = /^[a-z][a-z0-9+.-]*:(?![0-9])/i; // no port: host:8080 has none
const MAGNET = /^magnet:\?/i;
const MOBILE = /^(?:(?:www|m|mobile)\.)+(?=[^.]+\.)/;
const TOPIC = /urn:(btih:[0-9a-f]{40}|btih:[a-z2-7]{32}|btmh:[0-9a-f]{6,140})(?![0-9a-z])/gi;
// A name of two labels or more, none empty, or an IPv6 address. Engines agree on no other sign in a host.
const HOST = /^(?:[a-z0-9_-]+(?:\.[a-z0-9_-]+)+|\[[0-9a-f:.]+\])$/;
const AUTHORITY = /^(?:https?:[/\\]*)?(?:[^/\\?#]*@)?([^/\\?#]*)/i;
const DEFAULT_PORTS = ["", "80", "443"]; // of http and of https, which are one
const PERCENT = /[%\uff05\ufe6a]/;
const OUTSIDE = /[^A-Za-z0-9._~!$&'()*+,;=:@/?%-]/g;
const BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
const BASE32_TOPIC = "btih:".length + 32;

/**
 * The canonical form of a web address or magnet link, as typed, the scheme left out when it was. Defanged ones (`hxxp`,
 * `[.]`) are made whole first; http and https are one.
 * @param {string} url @returns {string}
 */
export function canonicalUrl(url) {
  const typed = refanged(url.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, ""));
  if (/\p{Cs}/u.test(typed)) throw new FormatError("url");
  return MAGNET.test(typed) ? canonicalMagnet(typed) : `https://${withoutScheme(typed)}`;
}

/** @param {string} typed */
function withoutScheme(typed) {
  const parsed = parse(SCHEME.test(typed) ? typed : `https://${typed}`);
  const host = parsed.hostname.replace(/\.$/, "").replace(MOBILE, "");
  if (!["http:", "https:"].includes(parsed.protocol) || !HOST.test(host) || isEncoded(typed)) {
    throw new FormatError("url");
  }
  const port = DEFAULT_PORTS.includes(parsed.port) ? "" : `:${parsed.port}`;
  const path = normal(parsed.pathname).replace(/\/+$/, "");
  return oneForm(hostOfRecord(host) + port + path + queryOf(parsed.search.replace(/^\?/, "")));
}

/**
 * Whether the host is typed with a percent sign: what that means, Chromium and the standard do not agree on.
 * @param {string} typed
 */
function isEncoded(typed) {
  return PERCENT.test(AUTHORITY.exec(typed.replace(/[\t\r\n]/g, ""))?.[1] ?? "");
}

/** @param {string} url */
function parse(url) {
  try {
    return new URL(url);
  } catch {
    throw new FormatError("url");
  }
}

/** The sorted rest of a query without what only tracks, its question mark in front; empty when none is left. @param {string} search */
function queryOf(search) {
  const pairs = search.split("&").filter(Boolean).map(normal);
  const kept = pairs.filter((pair) => !isTracking(pair.split("=", 1)[0] ?? "")).sort();
  return kept.length > 0 ? `?${kept.join("&")}` : "";
}

/**
 * Percent-encoding normalised (RFC 3986, 6.2.2): capitals in it, and none where none is needed. A percent sign that
 * encodes nothing is encoded itself, or it would with what follows encode something the next time; so is a sign that
 * belongs to no URI, such as `|`, which some engines encode and others leave.
 * @param {string} part
 */
function normal(part) {
  const spelled = part.replace(/%([0-9A-Fa-f]{2})?/g, (_, hex) => {
    if (hex === undefined) return "%25";
    const sign = String.fromCharCode(Number.parseInt(hex, 16));
    return /^[A-Za-z0-9._~-]$/.test(sign) ? sign : `%${hex.toUpperCase()}`;
  });
  return spelled.replace(OUTSIDE, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`);
}

/** @param {string} typed */
function canonicalMagnet(typed) {
  const topics = new Set([...typed.matchAll(TOPIC)].map(([, found = ""]) => topicOf(found.toLowerCase())));
  if (topics.size === 0) throw new FormatError("url");
  const parts = [...topics].sort().map((topic) => `xt=urn:${topic}`);
  return `magnet:?${parts.join("&")}`;
}

/** A topic in hexadecimal; an old client writes the same hash in base32. @param {string} found */
function topicOf(found) {
  if (found.length !== BASE32_TOPIC) return found;
  let number = 0n;
  for (const sign of found.slice("btih:".length)) number = (number << 5n) | BigInt(BASE32.indexOf(sign));
  return `btih:${number.toString(16).padStart(40, "0")}`;
}

/**
 * What an item can be matched by: its address, site and poster, as far as they are known.
 * @param {{url: string|null, poster: string}} item @returns {{kind: "url"|"site"|"poster", canonical: string}[]}
 */
export function matchKeys({ url, poster }) {
  if (url === null) return [];
  const canonical = canonicalUrl(url);
  if (!canonical.startsWith("https://")) return [{ kind: "url", canonical }];
  const address = canonical.slice("https://".length);
  const site = address.split(/[/?]/, 1)[0] ?? "";
  const handle = posterIn(address) ?? handleOf(poster);
  return [
    { kind: "url", canonical },
    { kind: "site", canonical: site },
    ...(handle ? [{ kind: /** @type {const} */ ("poster"), canonical: `${site}/${handle}` }] : []),
  ];
}

/** A handle as typed without spaces and a leading @, ASCII letters small. @param {string} poster */
function handleOf(poster) {
  const bare = poster.replace(/[ \t\r\n\u3000]/g, "").replace(/^@/, "");
  return bare.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
