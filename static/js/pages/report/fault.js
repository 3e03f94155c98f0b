/** What cannot be sent in a text, wherever it is typed. Touches no page. */

import { containsImage } from "../../domain/image_text.js";
import { privateNumber } from "../../domain/private_number.js";

/**
 * What is wrong with one text, if anything.
 * @param {string} text
 * @param {number} most characters
 * @param {boolean} [isAddress] long numbers are common in addresses
 * @returns {string} key of the text that helps; empty when all is well
 */
export function faultOf(text, most, isAddress = false) {
  if (containsImage(text)) return "image_text";
  return privateNumber(text, isAddress) || ([...text].length > most ? "too_long" : "");
}
