// Which pairs of sources are not one and the same program: reads `{name: [reviewed, served], …}` from stdin, has esbuild
// parse each and write its syntax tree out without comments, and writes the names of those that differ.
import * as esbuild from "esbuild";

/** @type {(name: string, source: string) => Promise<string>} */
const written = async (name, source) =>
  (
    await esbuild.transform(source, {
      loader: name.endsWith(".css") ? "css" : "js",
      legalComments: "none",
      minifyWhitespace: true,
    })
  ).code;

let given = "";
for await (const piece of process.stdin) given += piece;
const differing = [];
for (const [name, [reviewed, served]] of Object.entries(JSON.parse(given))) {
  if ((await written(name, reviewed)) !== (await written(name, served))) differing.push(name);
}
process.stdout.write(JSON.stringify(differing));
