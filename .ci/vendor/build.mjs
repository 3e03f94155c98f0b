/**
 * Builds everything in static/vendor from the pinned packages, the same bytes on every machine:
 * `npm run vendor` writes them, tests/js/vendor.test.js rebuilds and compares.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import * as sass from "sass";
import { frequentPasswords, PACKAGE } from "./frequent_passwords.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
export const output = join(root, "static", "vendor");

/** Every engine from 2023 on: the oldest that has all of WebCrypto that the format needs. */
const target = ["chrome110", "firefox115", "safari16.4"];

/** @param {string} name the file under .ci/vendor, without .entry.js */
async function bundle(name) {
  const built = await esbuild.build({
    absWorkingDir: root,
    entryPoints: [`.ci/vendor/${name}.entry.js`],
    bundle: true,
    format: "esm",
    minify: true,
    charset: "ascii",
    target,
    legalComments: "none",
    tsconfigRaw: "{}",
    alias: { crypto: "./.ci/vendor/no-node-crypto.js" },
    metafile: true,
    write: false,
  });
  return {
    bytes: Buffer.from(built.outputFiles[0]?.contents ?? []),
    packages: packagesIn(Object.keys(built.metafile.inputs)),
  };
}

/** @param {string} name */
function stylesheet(name) {
  const compiled = sass.compile(join(here, `${name}.scss`), {
    loadPaths: [join(root, "node_modules")],
    style: "compressed",
    quietDeps: true,
  });
  const { code } = esbuild.transformSync(compiled.css, { loader: "css", minify: true, charset: "ascii", target });
  return { bytes: Buffer.from(code), packages: packagesIn(compiled.loadedUrls.map((url) => url.pathname)) };
}

/** @param {string[]} paths of sources; answers the npm packages they come from */
function packagesIn(paths) {
  const found = new Set();
  for (const path of paths) {
    const match = path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\//);
    if (match) found.add(match[1]);
  }
  return [...found].sort();
}

/** Of two licences the one that is taken. @type {Record<string, string>} */
const TAKEN = { "(MIT OR Apache-2.0)": "MIT" };

/** @param {string} name of an installed package */
function describe(name) {
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const { version, integrity, license } = lock.packages[`node_modules/${name}`];
  return { name, version, licence: TAKEN[license] ?? license, integrity };
}

/** @param {string} name; the package's own licence file, or (govuk-frontend has none) its project's, kept beside this */
function licenceText(name) {
  const folder = join(root, "node_modules", name);
  const files = readdirSync(folder).filter((entry) => /^licen[cs]e/i.test(entry));
  const file = files.find((entry) => /mit/i.test(entry)) ?? files[0];
  const path = file ? join(folder, file) : join(here, `${name}.licence.txt`);
  const text = readFileSync(path, "utf8").replaceAll("\r\n", "\n").trim();
  const { version, licence } = describe(name);
  return `${name} ${version} (${licence})\n${"=".repeat(72)}\n${text}\n`;
}

/** @returns {Promise<Map<string, Buffer>>} file name in static/vendor → its bytes */
export async function build() {
  const made = {
    "argon2.js": await bundle("argon2"),
    "ed25519.js": await bundle("ed25519"),
    "frequent_passwords.js": { bytes: frequentPasswords(root), packages: [PACKAGE] },
    [`govuk-${describe("govuk-frontend").version}.css`]: stylesheet("govuk"),
    "hpke.js": await bundle("hpke"),
    "qr.js": await bundle("qr"),
    "qr_reading.js": await bundle("qr_reading"),
  };
  const files = new Map(Object.entries(made).map(([file, { bytes }]) => [file, bytes]));
  const record = Object.entries(made).map(([file, { bytes, packages }]) => ({
    file,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    packages: packages.map(describe),
  }));
  const names = [...new Set(Object.values(made).flatMap(({ packages }) => packages))].sort();
  for (const name of ["argon2", "ed25519", "hpke", "qr", "qr_reading"]) {
    // What a bundle exports is what its entry says: the types that our own code is checked against.
    files.set(`${name}.d.ts`, readFileSync(join(here, `${name}.entry.js`)));
  }
  files.set("frequent_passwords.d.ts", Buffer.from("export const NUMBERS: string;\n"));
  files.set("LICENSES.txt", Buffer.from(names.map(licenceText).join("\n\n")));
  files.set("VENDOR.json", Buffer.from(`${JSON.stringify(record, null, 2)}\n`));
  return files;
}
