/**
 * URLs and words, never images: finds an image that was pasted as text. Twin of `app/domain/image_text.py`; both replay
 * `tests/vectors/image_text.json`. Fields are checked where they are typed.
 */

import { FormatError } from "../errors.js";

const RUN_MOST = 256;
/** A media type or a parameter has to be there: "data:image/png;base64," is an image, "data: yes, I have" a sentence. */
const DATA_URI = /data:(?:[a-z0-9.+-]+\/[a-z0-9.+-]+(?:;[a-z0-9.=+-]+)*|(?:;[a-z0-9.=+-]+)+),/i;
const URLS = /[a-z][a-z0-9+.-]{0,30}:\/\/[^ \t\r\n]*/gi;
const RUN = new RegExp(`[A-Za-z0-9+/_=-]{${RUN_MOST + 1}}`);

/** Whether the text holds a data: URI, or a run of more than 256 base64 characters that is no part of a URL. @param {string} text */
export function containsImage(text) {
  return DATA_URI.test(text) || RUN.test(text.replace(URLS, " "));
}

/** Passes text without an image. @param {string} text @param {string} field */
export function checkNoImage(text, field) {
  if (containsImage(text)) throw new FormatError(field);
}
