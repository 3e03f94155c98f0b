/**
 * Addresses that were written so that nobody follows them by accident: `hxxps://a[.]example`, made whole again. Twin of
 * `app/domain/refang.py`; both replay `tests/vectors/refang.json`. Only for reading and matching: what was typed stays
 * as it was typed.
 */

const SCHEME = /^h(?:xx|\*\*|__|tt)p(s?)(?=\[?:)/i;
const MARKS = /\[:\/\/\]|\[:\]\/\//;
const DOT = /[[({](?:\.|dot)[\])}]/gi;
const HOST = /^([a-z][a-z0-9+.-]*:\/\/)?[^/?#]*/i;

/**
 * An address with its scheme and its dots as they were; what is no such address comes back as it is. The path stays as
 * it is: a bracket there belongs to it.
 * @param {string} typed @returns {string}
 */
export function refanged(typed) {
  const scheme = typed.replace(SCHEME, (_, secure) => `http${secure}`).replace(MARKS, "://");
  const end = HOST.exec(scheme)?.[0].length ?? 0;
  return scheme.slice(0, end).replace(DOT, ".") + scheme.slice(end);
}
