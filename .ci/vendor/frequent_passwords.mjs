/**
 * What is looked for in a passphrase that a person chose: frequent passwords, in their order, as numbers of 32 bits. As
 * numbers they are short, and pages for victims carry no list of obscene words.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { numberOf, plainOf } from "../../static/js/pages/invitation/frequent.js";

export const PACKAGE = "@zxcvbn-ts/language-common";
const FIRST = 10_000;
const SHORTEST_PART = 4;
const SHORTEST_WHOLE = 12;

/** @param {string} root @returns {Buffer} a module: the first ten thousand, and all others that are long enough */
export function frequentPasswords(root) {
  /** @type {string[]} */
  const all = JSON.parse(readFileSync(join(root, "node_modules", PACKAGE, "src", "passwords.json"), "utf8"));
  const parts = all.map(plainOf).filter((one) => one.length >= SHORTEST_PART);
  const taken = [...parts.slice(0, FIRST), ...all.filter((one) => one.length >= SHORTEST_WHOLE).map(plainOf)];
  const numbers = Uint32Array.from(new Set(taken.map(numberOf))).sort();
  return Buffer.from(`export const NUMBERS="${Buffer.from(numbers.buffer).toString("base64")}";\n`);
}
