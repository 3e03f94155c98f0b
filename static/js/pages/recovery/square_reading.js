/** What a square in a picture says. The picture is looked at in memory and let go of; nothing of it is kept or sent. */

import { decodeQR } from "../../../vendor/qr_reading.js";

/** In milliseconds, for one picture; the next one comes soon. */
const PATIENCE = 120;

/**
 * @param {{data: Uint8Array | Uint8ClampedArray, width: number, height: number}} picture RGBA, as a canvas gives it
 * @returns {string|null} null where no square is to be read
 */
export function readSquare(picture) {
  try {
    return decodeQR(picture, { format: "RGBA", timeLimit: PATIENCE });
  } catch {
    return null;
  }
}
