/**
 * Hosts that look like a known one and are another: letters of a second script, or accents, in place of plain ones. Twin
 * of `app/domain/look_alike.py`; both replay `tests/vectors/look_alike.json`. The table holds what Unicode's confusables
 * have for small Latin letters in Cyrillic, Greek, Armenian and Latin itself (UTS #39, in our own choice).
 */

import { PLATFORM_LIST } from "./platform.js";

/** @type {Record<string, string>} */
// biome-ignore format: a table
const LIKE = {
  a: "аɑα", b: "ьƅ", c: "сϲ", d: "ԁɗđ", e: "еҽєɛ", f: "ƒք", g: "ɡցǥ", h: "һհħ", i: "іıɩιӏ", j: "јյ",
  k: "кκᴋ", l: "ӏłƚι", m: "мⅿ", n: "ոηпɴ", o: "оοօøσ", p: "рρ", q: "ԛզ", r: "гᴦʀ", s: "ѕꜱʂ", t: "тτŧ",
  u: "υսμʋц", v: "νѵᴠ", w: "ԝωшᴡ", x: "хχ", y: "уγүʏ", z: "ᴢƶʐ",
};
/** @type {Map<string, string>} */
const PLAIN = new Map(
  Object.entries(LIKE)
    .reverse()
    .flatMap(([letter, signs]) => [...signs].map((sign) => /** @type {[string, string]} */ ([sign, letter]))),
);
const LATIN = /[a-z\u00c0-\u024f]/;
const OTHER = /[\u0370-\u052f\u0530-\u058f\u10a0-\u10ff\u13a0-\u13ff\uab70-\uabbf]/;
const MOST_LETTERS = 63;

/** A host in its own letters: labels in punycode are decoded, as far as they can be. @param {string} host */
export function spokenHost(host) {
  return host.split(".").map(labelOf).join(".");
}

/**
 * The slug of the platform that a host (as parsed: ASCII) imitates with other letters, or null.
 * @param {string} host @returns {string | null}
 */
export function imitated(host) {
  const spoken = spokenHost(host);
  const bare = spoken.normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  const plain = [...bare].map((sign) => PLAIN.get(sign) ?? sign).join("");
  if (plain === spoken) return null;
  const like = (/** @type {string} */ name) => plain === name || plain.endsWith(`.${name}`);
  const found = PLATFORM_LIST.find((each) =>
    [each.host, ...each.aliases, ...Object.keys(each.also), ...each.suffixes].some(like),
  );
  return found?.slug ?? null;
}

/** Whether a label of a host (as parsed: ASCII) has Latin letters beside such of a script that looks alike. @param {string} host */
export function mixesScripts(host) {
  return spokenHost(host)
    .split(".")
    .some((label) => LATIN.test(label) && OTHER.test(label));
}

/** @param {string} label */
function labelOf(label) {
  return label.startsWith("xn--") ? decoded(label.slice("xn--".length)) || label : label;
}

/** Punycode (RFC 3492, 6.2), decoded; empty when it is none. @param {string} code */
function decoded(code) {
  const split = code.lastIndexOf("-");
  /** @type {number[]} */
  const letters = [...code.slice(0, Math.max(split, 0))].map((sign) => sign.charCodeAt(0));
  let [point, at, bias, done] = [128, 0, 72, split + 1];
  while (done < code.length) {
    const before = at;
    for (let weight = 1, k = 36; ; k += 36) {
      const digit = digitOf(code.charAt(done));
      if (digit < 0 || letters.length > MOST_LETTERS || weight > Number.MAX_SAFE_INTEGER / 36) return "";
      done += 1;
      at += digit * weight;
      const least = Math.min(Math.max(k - bias, 1), 26);
      if (digit < least) break;
      weight *= 36 - least;
    }
    const size = letters.length + 1;
    bias = adapted(at - before, size, before === 0);
    point += Math.floor(at / size);
    at %= size;
    if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return "";
    letters.splice(at, 0, point);
    at += 1;
  }
  return String.fromCodePoint(...letters);
}

/** @param {string} sign */
function digitOf(sign) {
  return sign === "" ? -1 : "abcdefghijklmnopqrstuvwxyz0123456789".indexOf(sign);
}

/** @param {number} delta @param {number} size @param {boolean} first */
function adapted(delta, size, first) {
  let rest = Math.floor(delta / (first ? 700 : 2));
  rest += Math.floor(rest / size);
  let k = 0;
  while (rest > 455) {
    rest = Math.floor(rest / 35);
    k += 36;
  }
  return k + Math.floor((36 * rest) / (rest + 38));
}
