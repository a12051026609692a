// Packs the extension into dist/: a VSIX for each platform, with the server for it. One
// commit gives the same bytes each time: they bear the time of the commit.
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/** What the gallery calls a platform, and what Go does. */
const platforms: Record<string, { GOOS: string; GOARCH: string }> = {
  "darwin-arm64": { GOOS: "darwin", GOARCH: "arm64" },
  "darwin-x64": { GOOS: "darwin", GOARCH: "amd64" },
  "linux-arm64": { GOOS: "linux", GOARCH: "arm64" },
  "linux-x64": { GOOS: "linux", GOARCH: "amd64" },
  "win32-arm64": { GOOS: "windows", GOARCH: "arm64" },
  "win32-x64": { GOOS: "windows", GOARCH: "amd64" },
};

const here = import.meta.dirname;
const root = join(here, "..", "..");
const bin = join(here, "bin");
const out = join(root, "dist");
const vsce = createRequire(import.meta.url).resolve("@vscode/vsce/vsce");

function run(program: string, args: string[], cwd: string, env: Record<string, string> = {}): string {
  return execFileSync(program, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  })
    .toString()
    .trim();
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((target) => !(target in platforms));
if (unknown.length > 0) {
  throw new Error(`${unknown.join(", ")}: there are only ${Object.keys(platforms).join(", ")}`);
}
const committed = run("git", ["log", "-1", "--format=%ct"], root);
mkdirSync(out, { recursive: true });
for (const [target, go] of Object.entries(platforms)) {
  if (wanted.length > 0 && !wanted.includes(target)) {
    continue;
  }
  rmSync(bin, { recursive: true, force: true });
  const server = join(bin, go.GOOS === "windows" ? "rells.exe" : "rells");
  run("go", ["build", "-trimpath", "-ldflags=-s -w", "-o", server, "./cmd/rells"], root, {
    ...go,
    CGO_ENABLED: "0",
  });
  const file = join(out, `rells-${target}.vsix`);
  run(process.execPath, [vsce, "package", "--no-dependencies", "--target", target, "--out", file], here, {
    SOURCE_DATE_EPOCH: committed,
  });
  console.log(file);
}
rmSync(bin, { recursive: true, force: true });
