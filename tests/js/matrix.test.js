import assert from "node:assert/strict";
import { test } from "node:test";
import { lettersFor } from "../../static/js/crypto/report.js";
import { emptyLetter, letterJson } from "../../static/js/domain/letter.js";
import { ORGANISATION_KINDS } from "../../static/js/domain/vocabulary.js";
import { matrixOf } from "../../static/js/pages/report/matrix.js";
import { fullLetter } from "./making.js";

/** @param {string} slug @param {string} kind @param {string[]} compartments @param {string[]} [pass_on] */
const choice = (slug, kind, compartments, pass_on = []) => ({
  organisation: /** @type {any} */ ({ slug, kind }),
  consent: { purposes: [], pass_on },
  compartments,
});

test("the table is made from the letters: what each reads, row by row", () => {
  const choices = [
    choice("centre", "support_centre", ["account"]),
    choice("police", "police", ["account", "offender"]),
    choice("commission", "commission", []),
    choice("watch", "monitor", []),
  ];
  const letters = lettersFor({ letter: fullLetter(), choices }).map(({ letter }) => letter);
  const rows = matrixOf(letters, { account: true, offender: true, contact: true });
  const read = Object.fromEntries(rows.map(({ part, reads }) => [part, reads.map(Number).join("")]));
  assert.deepEqual(read, {
    items: "1111",
    material: "1111",
    case: "1100",
    you: "1110",
    wishes: "1110",
    help: "1100",
    account: "1100",
    offender: "0100",
    contact: "0000",
  });
  assert.equal(rows[0]?.count, fullLetter().items.length);
});

test("what was not written is no row", () => {
  const letter = emptyLetter({ reportId: new Uint8Array(16), lang: "ko" });
  assert.deepEqual(matrixOf([letter], { account: false, offender: false, contact: false }), []);
  const wished = { ...letter, wishes: ["delete"] };
  assert.deepEqual(matrixOf([wished, letter], {}), [{ part: "wishes", count: 1, reads: [true, false] }]);
});

test("no organisation learns from its letter that another was chosen, refused, or allowed less", () => {
  const bytes = (/** @type {ReturnType<typeof choice>[]} */ choices, /** @type {string} */ slug) => {
    const letter = lettersFor({ letter: fullLetter(), choices }).find((one) => one.slug === slug)?.letter;
    return letter ? new TextDecoder().decode(letterJson(letter)) : "";
  };
  for (const kind of ORGANISATION_KINDS) {
    const own = choice("own-slug", kind, []);
    const alone = bytes([own], "own-slug");
    for (const other of ORGANISATION_KINDS) {
      for (const compartments of [[], ["account", "offender", "contact"]]) {
        const beside = choice("other-slug", other, compartments, ["police"]);
        assert.equal(bytes([own, beside], "own-slug"), alone, `${kind} beside ${other}`);
        assert.equal(bytes([beside, own], "own-slug"), alone, `${kind} after ${other}`);
      }
    }
    assert.doesNotMatch(alone, /slug/);
    for (const name of ORGANISATION_KINDS) assert.ok(!alone.includes(`"${name}"`), `${kind} reads of ${name}`);
  }
});
