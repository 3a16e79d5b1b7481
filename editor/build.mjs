// Builds the one file that pages load, its licences beside it, and writes down what it was built from.
// `npm ci && npm run build`; whoever only runs the house never needs this.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const here = new URL(".", import.meta.url).pathname;
const out = `${here}../keti/static/keti/editor.js`;
const sources = ["build.mjs", "package.json", "package-lock.json", ...readdirSync(`${here}src`).sort().map((name) => `src/${name}`)];

await build({
  absWorkingDir: here,
  entryPoints: ["src/main.js"],
  outfile: out,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  banner: { js: "// Built from editor/ by `npm run build`; what of others is in it: editor.LICENSE.txt" },
});

const lock = JSON.parse(readFileSync(`${here}package-lock.json`));
const used = Object.entries(lock.packages).filter(([path, one]) => path && !one.dev && !one.optional);
const licences = used.map(([path, one]) => {
  const name = path.replace("node_modules/", "");
  return `${name} ${one.version} (${one.license})\n\n${readFileSync(`${here}${path}/LICENSE`, "utf8").trim()}\n`;
});
writeFileSync(out.replace(".js", ".LICENSE.txt"), licences.join(`\n${"-".repeat(78)}\n\n`));

const sha = (file) => createHash("sha256").update(readFileSync(file)).digest("hex");
const lines = [...sources.map((name) => `${sha(here + name)}  editor/${name}`), `${sha(out)}  keti/static/keti/editor.js`];
writeFileSync(`${here}built.sha256`, `${lines.join("\n")}\n`);
