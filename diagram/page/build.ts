// Makes dist/page.html: the whole page in one file, with a gap where the graph goes. The
// file is checked in, so that `go install` needs no Node; a test of the build says when
// it is not what the source says.
import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { build } from "esbuild";

const require = createRequire(import.meta.url);
const elk = dirname(require.resolve("elkjs/package.json"));
const here = import.meta.dirname;

async function bundle(entry: string): Promise<string> {
  const result = await build({
    entryPoints: [join(here, "src", entry)],
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: "es2023",
    charset: "utf8",
    legalComments: "none",
  });
  return (result.outputFiles[0]?.text ?? "").trim();
}

const script = await bundle("main.ts");
const parts: Record<string, string> = {
  script,
  "script-hash": `sha256-${createHash("sha256").update(script).digest("base64")}`,
  style: await bundle("page.css"),
  elk: await readFile(join(elk, "lib", "elk-worker.min.js"), "utf8"),
  "elk-version": (require("elkjs/package.json") as { version: string }).version,
};
for (const [name, text] of Object.entries(parts)) {
  if (/<\/script|<!--/i.test(text)) {
    throw new Error(`${name} would end the element that it stands in`);
  }
}
const page = await readFile(join(here, "src", "page.html"), "utf8");
const filled = page.replace(/\{\{([\w-]+)\}\}/g, (gap, name: string) =>
  name === "graph" ? gap : (parts[name] ?? gap),
);

await mkdir(join(here, "dist"), { recursive: true });
await writeFile(join(here, "dist", "page.html"), filled);
await copyFile(join(elk, "LICENSE.md"), join(here, "dist", "elkjs-LICENSE.md"));
