import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { BYTES_MOST, csvRows, csvText, fileText, neutralised, plain, ROWS_MOST } from "../../static/js/domain/csv.js";

const cell = fc.string({ unit: fc.constantFrom(..."a가,;\"'=+-@\t\r\n ＝1".split("")), maxLength: 12 });
const table = fc
  .integer({ min: 1, max: 5 })
  .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }));
const why = (/** @type {() => unknown} */ act) => {
  try {
    act();
  } catch (error) {
    return /** @type {any} */ (error).field;
  }
  return "";
};

test("what is written is read again, whatever stands in the cells", () => {
  fc.assert(
    fc.property(table, (rows) => {
      const written = rows.filter((row) => row.some((one) => one !== ""));
      const named = [["x", "y"], ...written];
      assert.deepEqual(csvRows(csvText(named)), named);
    }),
  );
});

test("no cell that leaves begins what a spreadsheet calculates", () => {
  fc.assert(
    fc.property(cell, (typed) => {
      assert.equal(/^[=+\-@＝＋－＠\t\r\n]/.test(neutralised(typed)), false);
      assert.equal(plain(neutralised(typed)), typed);
    }),
  );
  for (const typed of ["=1+1", "+82", "-3", "@x", "\t=1", " =1", "＝1", "'=1"])
    assert.equal(neutralised(typed), `'${typed}`);
  assert.equal(neutralised("plain = text"), "plain = text");
});

test("files of other programs are read: CP949, UTF-16, semicolons, tabs, bare line ends", () => {
  const cp949 = Uint8Array.from(Buffer.from("sOHBpCy758CvCg==", "base64"));
  assert.deepEqual(csvRows(fileText(cp949)), [["결정", "사유"]]);
  const wide = new Uint8Array([0xff, 0xfe, ...new Uint8Array(Buffer.from("a\t가\r\n", "utf16le"))]);
  assert.deepEqual(csvRows(fileText(wide)), [["a", "가"]]);
  assert.deepEqual(csvRows("a;b\n1,5;2\n\n"), [
    ["a", "b"],
    ["1,5", "2"],
  ]);
  assert.deepEqual(csvRows("a,b\r1,2"), [
    ["a", "b"],
    ["1", "2"],
  ]);
});

test("what is no table is refused with one word for it", () => {
  assert.equal(
    why(() => fileText(new Uint8Array([0xff, 0x20, 0x80]))),
    "encoding",
  );
  assert.equal(
    why(() => fileText(new Uint8Array([0x61, 0, 0x62]))),
    "encoding",
  );
  assert.equal(
    why(() => fileText(new Uint8Array(BYTES_MOST + 1))),
    "size",
  );
  assert.equal(
    why(() => csvRows('a,b\n"x')),
    "quotes",
  );
  assert.equal(
    why(() => csvRows('a,b\n"x"y,1')),
    "quotes",
  );
  assert.equal(
    why(() => csvRows(`a\n${"1\n".repeat(ROWS_MOST + 1)}`)),
    "rows",
  );
  assert.equal(csvRows(`a\n${"1\n".repeat(ROWS_MOST)}`).length, ROWS_MOST + 1);
});

test("any bytes give a table or one word, never anything else", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      assert.ok(["", "encoding", "quotes"].includes(why(() => csvRows(fileText(bytes)))));
    }),
  );
});
