// Bytes as text that takes little room where a browser counts characters: fifteen bits in each, and none of them is half
// of a pair.

const BITS = 15;
const CHUNK = 0x2000;
/** In bytes, before they are written as characters: what is left of a tab's room stays free for its keys. */
export const MOST_BYTES = 7_500_000;

/** @param {Uint8Array} bytes @returns {string} */
export function packed(bytes) {
  const codes = new Uint16Array(Math.ceil((bytes.length * 8) / BITS) + 1);
  codes[0] = bytes.length % BITS;
  let [held, bits, at] = [0, 0, 1];
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    if (bits < BITS) continue;
    bits -= BITS;
    codes[at] = held >>> bits;
    at += 1;
    held &= (1 << bits) - 1;
  }
  if (bits > 0) codes[at] = held << (BITS - bits);
  let text = "";
  for (let from = 0; from < codes.length; from += CHUNK) {
    text += String.fromCharCode(...codes.subarray(from, from + CHUNK));
  }
  return text;
}

/** @param {string} text as `packed` gave it @returns {Uint8Array<ArrayBuffer>} */
export function unpacked(text) {
  const whole = Math.floor(((text.length - 1) * BITS) / 8);
  const length = whole - ((whole - text.charCodeAt(0) + BITS) % BITS);
  const bytes = new Uint8Array(Math.max(0, length));
  let [held, bits, at] = [0, 0, 0];
  for (let place = 1; place < text.length && at < length; place += 1) {
    held = (held << BITS) | text.charCodeAt(place);
    bits += BITS;
    while (bits >= 8 && at < length) {
      bits -= 8;
      bytes[at] = held >>> bits;
      at += 1;
      held &= (1 << bits) - 1;
    }
  }
  return bytes;
}
