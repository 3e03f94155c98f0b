import assert from "node:assert/strict";
import { test } from "node:test";
import { words } from "../../static/js/domain/recovery_words.js";
import { squareOf } from "../../static/js/pages/qr_code.js";
import { readSquare } from "../../static/js/pages/recovery/square_reading.js";
import { readWords } from "../../static/js/pages/recovery/words_typed.js";

const WIDTH = 640;
const HEIGHT = 480;
const QUIET = 4;
const seed = new Uint8Array(32).map((_byte, at) => (at * 37 + 11) % 256);
const sheet = (await words(seed)).join(" ").toUpperCase();

/**
 * What a camera would see of a square: turned by degrees about the middle, so many pixels a module, on grey paper, under
 * light that falls off to one side.
 * @param {string} said
 * @param {{turned?: number, module?: number, dark?: number, light?: number, shade?: number}} [seen]
 */
function picture(said, { turned = 0, module = 6, dark = 20, light = 235, shade = 0 } = {}) {
  const square = squareOf(said);
  const whole = square.size + 2 * QUIET;
  const [cos, sin] = [Math.cos((turned * Math.PI) / 180), Math.sin((turned * Math.PI) / 180)];
  const data = new Uint8ClampedArray(WIDTH * HEIGHT * 4);
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      const [dx, dy] = [x - WIDTH / 2, y - HEIGHT / 2];
      const column = Math.floor((dx * cos + dy * sin) / module + whole / 2) - QUIET;
      const row = Math.floor((dy * cos - dx * sin) / module + whole / 2) - QUIET;
      const within = Math.min(column, row) >= 0 && Math.max(column, row) < square.size;
      const value = (within && square.get(column, row) ? dark : light) - (shade * x) / WIDTH;
      data.set([value, value, value, 255], (y * WIDTH + x) * 4);
    }
  }
  return { data, width: WIDTH, height: HEIGHT };
}

test("the square of a recovery sheet is read back, and gives the seed", async () => {
  const said = readSquare(picture(sheet));
  assert.equal(said, sheet);
  assert.deepEqual(await readWords(said ?? ""), { seed });
});

for (const [how, seen] of /** @type {const} */ ([
  ["turned a little", { turned: 17 }],
  ["turned to the side", { turned: 90 }],
  ["upside down and askew", { turned: 203 }],
  ["pale", { dark: 100, light: 160 }],
  ["pale, turned and badly lit", { turned: -31, dark: 90, light: 150, shade: 60 }],
  ["far away", { module: 3, turned: 8 }],
])) {
  test(`it is read where it is ${how}`, () => {
    assert.equal(readSquare(picture(sheet, seen)), sheet);
  });
}

test("a square that is no recovery sheet is read, and is no words", async () => {
  const said = readSquare(picture("otpauth://totp/Onestop:somebody?secret=JBSWY3DPEHPK3PXP"));
  assert.ok(said);
  assert.equal("problem" in (await readWords(said)), true);
});

test("where there is no square, or only a part of one, nothing is read and nothing is thrown", () => {
  const empty = { data: new Uint8ClampedArray(WIDTH * HEIGHT * 4).fill(128), width: WIDTH, height: HEIGHT };
  assert.equal(readSquare(empty), null);
  const half = picture(sheet);
  half.data.fill(235, 0, half.data.length / 2);
  assert.equal(readSquare(half), null);
  assert.equal(readSquare({ data: new Uint8ClampedArray(4), width: 1, height: 1 }), null);
});
