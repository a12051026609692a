// Bundles the extension into dist/extension.cjs.
import { join } from "node:path";
import { build } from "esbuild";

await build({
  entryPoints: [join(import.meta.dirname, "src", "extension.ts")],
  outfile: join(import.meta.dirname, "dist", "extension.cjs"),
  bundle: true,
  minify: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  external: ["vscode"],
  charset: "utf8",
  legalComments: "none",
});
