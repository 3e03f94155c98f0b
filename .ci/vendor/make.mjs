/** `npm run vendor`: writes static/vendor anew. With `--check` it writes nothing and fails where a byte differs. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, output } from "./build.mjs";

const files = await build();
if (process.argv.includes("--check")) {
  const there = readdirSync(output);
  const wrong = [...new Set([...there, ...files.keys()])].filter(
    (name) => !there.includes(name) || !files.get(name)?.equals(readFileSync(join(output, name))),
  );
  if (wrong.length > 0) throw new Error(`static/vendor is not what its packages build: ${wrong.join(", ")}`);
  console.log(`static/vendor: ${files.size} files rebuilt, all the same`);
} else {
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  for (const [name, bytes] of files) writeFileSync(join(output, name), bytes);
  console.log([...files].map(([name, bytes]) => `${name} ${bytes.length}`).join("\n"));
}
