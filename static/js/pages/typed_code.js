/**
 * A receipt code as somebody typed it: right, a slip that can be mended, or not yet a code. Found here, sent nowhere.
 *
 * @typedef {{code: string, offered: string[], digits: number}} TypedCode `code` is empty unless it is right; `offered` are
 *   the codes that one mistyped digit or two swapped neighbours could have been
 */

import { candidates, normalise } from "../domain/receipt_code.js";
import { FormatError } from "../errors.js";

/** @param {string} typed @returns {TypedCode} */
export function typedCode(typed) {
  const digits = typed.normalize("NFKC").replaceAll(/\D/g, "").length;
  return {
    code: orNothing(() => normalise(typed), ""),
    offered: orNothing(() => candidates(typed), []),
    digits,
  };
}

/**
 * @template T
 * @param {() => T} read
 * @param {T} nothing where what was typed is no code
 * @returns {T}
 */
function orNothing(read, nothing) {
  try {
    return read();
  } catch (error) {
    if (error instanceof FormatError) return nothing;
    throw error;
  }
}
