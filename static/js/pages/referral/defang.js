// A reported address is shown so that nothing can follow it, neither a finger nor a program: `hxxps[:]//example[.]kr/a`.
// What it hides is shown too: characters that have no shape, or that turn the direction of writing, stand as their number.

const SCHEME = /^([a-z][a-z0-9+.-]*):/i;
const NESTED = /(https?|ftp):\/\//gi;
const UNSEEN = /(?! )(?:[\p{C}\p{Z}\u115f\u1160\u2800\u3164\uffa0]|\u034f)/gu;

/**
 * Give the address as text that no program takes for a link. The letter keeps it as typed; this is for eyes only.
 * @param {string} address as typed
 * @returns {string}
 */
export function defang(address) {
  const scheme = SCHEME.exec(address);
  const named = scheme !== null && !/^[^/?#]*:\d+([/?#]|$)/.test(address);
  const head = named ? inertScheme(scheme[1] ?? "") : "";
  const tail = named ? address.slice((scheme[1] ?? "").length + 1) : address;
  return (head + inertHost(tail)).replace(UNSEEN, numbered);
}

/**
 * @param {string} scheme
 * @returns {string}
 */
function inertScheme(scheme) {
  const known = /^(https?|ftp)$/i.test(scheme);
  return `${known ? scheme.replaceAll("t", "x").replaceAll("T", "X") : scheme}[:]`;
}

/**
 * @param {string} rest what follows the scheme, or the whole address where there is none
 * @returns {string}
 */
function inertHost(rest) {
  const slashes = /^\/*/.exec(rest)?.[0] ?? "";
  const end = rest.slice(slashes.length).search(/[/?#\\]/);
  const host = end === -1 ? rest.slice(slashes.length) : rest.slice(slashes.length, slashes.length + end);
  const path = rest.slice(slashes.length + host.length);
  const inner = path.replace(NESTED, (_, scheme) => `${inertScheme(scheme)}//`);
  return slashes + host.replaceAll(".", "[.]").replaceAll("@", "[@]") + inner;
}

/**
 * @param {string} character
 * @returns {string}
 */
function numbered(character) {
  return `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`;
}
