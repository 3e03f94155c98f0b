// Tables as files: CSV that spreadsheets write and read. What a program would take for a formula is made inert on the way
// out, and is what it was again on the way in.

import { FormatError } from "../errors.js";

/** As much as anybody decides; a longer file is another one. */
export const ROWS_MOST = 5_000;
export const BYTES_MOST = 8 * 1024 * 1024;
const BOM = "\ufeff";
const SEPARATORS = [",", ";", "\t"];
/** How a cell begins that a spreadsheet may calculate; `'` before it says that it is text. */
const FORMULA = /^'*(?:[\t\r\n]|[\s\u200b\ufeff]*[=+\-@＝＋－＠])/u;

/**
 * A cell that no spreadsheet calculates.
 * @param {string} cell
 * @returns {string}
 */
export function neutralised(cell) {
  return FORMULA.test(cell) ? `'${cell}` : cell;
}

/**
 * A cell as it was before it was made inert.
 * @param {string} cell
 * @returns {string}
 */
export function plain(cell) {
  return cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
}

/**
 * A table as a file: UTF-8 with the mark that spreadsheets know it by, lines as RFC 4180 says.
 * @param {string[][]} rows
 * @returns {string}
 */
export function csvText(rows) {
  return BOM + rows.map((row) => `${row.map(quoted).join(",")}\r\n`).join("");
}

/** @param {string} cell */
function quoted(cell) {
  return `"${neutralised(cell).replaceAll('"', '""')}"`;
}

/**
 * The words of a file: UTF-8, UTF-16 with its mark, or CP949, which Korean spreadsheets still write.
 * @param {Uint8Array} bytes
 * @returns {string}
 * @throws {FormatError} `encoding`, for none of them; `size`, for more than anybody decides
 */
export function fileText(bytes) {
  if (bytes.length > BYTES_MOST) throw new FormatError("size");
  const [first, second] = bytes;
  const wide = first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : "";
  for (const name of wide ? [wide] : ["utf-8", "euc-kr"]) {
    try {
      const found = new TextDecoder(name, { fatal: true }).decode(bytes);
      if (!found.includes("\0")) return found;
    } catch {
      // the next one
    }
  }
  throw new FormatError("encoding");
}

/**
 * The rows of a table, each with its cells as they were written; lines with nothing in them are left out.
 * @param {string} text
 * @param {number} [most] rows, besides the names of the columns
 * @returns {string[][]}
 * @throws {FormatError} `quotes`, where one is never closed; `rows`, for more than `most`
 */
export function csvRows(text, most = ROWS_MOST) {
  const source = text.startsWith(BOM) ? text.slice(1) : text;
  const separator = separatorOf(source);
  /** @type {string[][]} */
  const rows = [];
  let at = 0;
  while (at < source.length) {
    const { row, next } = rowAt(source, at, separator);
    at = next;
    if (row.some((cell) => cell !== "")) rows.push(row);
    if (rows.length > most + 1) throw new FormatError("rows");
  }
  return rows.map((row) => row.map(plain));
}

/**
 * What stands most often in the first line, outside of quotes.
 * @param {string} source
 */
function separatorOf(source) {
  const line = (/^[^\r\n]*/.exec(source)?.[0] ?? "").replace(/"[^"]*"/g, "");
  const counts = SEPARATORS.map((one) => line.split(one).length);
  return /** @type {string} */ (SEPARATORS[counts.indexOf(Math.max(...counts))]);
}

/**
 * @param {string} source
 * @param {number} start
 * @param {string} separator
 * @returns {{row: string[], next: number}}
 */
function rowAt(source, start, separator) {
  const row = [];
  let at = start;
  for (;;) {
    const { cell, next } = source[at] === '"' ? quotedCell(source, at) : bareCell(source, at, separator);
    row.push(cell);
    at = next;
    if (source[at] !== separator) break;
    at += 1;
  }
  if (source[at] === "\r") at += 1;
  if (source[at] === "\n") at += 1;
  return { row, next: at };
}

/** @param {string} source @param {number} start */
function quotedCell(source, start) {
  let cell = "";
  let at = start + 1;
  for (;;) {
    const end = source.indexOf('"', at);
    if (end === -1) throw new FormatError("quotes");
    cell += source.slice(at, end);
    if (source[end + 1] !== '"') return afterQuotes(source, end + 1, cell);
    cell += '"';
    at = end + 2;
  }
}

/**
 * Whatever stands between a closing quote and the end of its cell is no table.
 * @param {string} source
 * @param {number} next
 * @param {string} cell
 */
function afterQuotes(source, next, cell) {
  if (next < source.length && ![...SEPARATORS, "\r", "\n"].includes(source[next] ?? ""))
    throw new FormatError("quotes");
  return { cell, next };
}

/** @param {string} source @param {number} start @param {string} separator */
function bareCell(source, start, separator) {
  let next = start;
  while (next < source.length && source[next] !== separator && source[next] !== "\r" && source[next] !== "\n")
    next += 1;
  return { cell: source.slice(start, next), next };
}
