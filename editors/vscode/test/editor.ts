// Runs the suites in the real VS Code: the workbench and extension host of code-server, in
// Chromium. Every suite has an editor, a profile and a workspace of its own.
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import type { Browser, Page } from "playwright-core";
import type { Served } from "./codeserver.ts";
import { launch, serve, settle } from "./codeserver.ts";
import { install } from "./install.ts";
import { pictures } from "./pictures.ts";
import type { Outcome } from "./suite/case.ts";

const here = import.meta.dirname;
const extension = dirname(here);
const program = join(extension, "..", "..", "bin", "rells");

interface Suite {
  name: string;
  /** What is opened, relative to the copy of test/workspaces, where pyshop is, too. */
  open: string;
  /** Whether the user trusts every workspace; so it is if nothing is said. */
  trusting?: boolean;
  /** Whether the extension brings its server along; so it is if nothing is said. */
  bundled?: boolean;
  /** Whether there is a go on the path, which installs the program under test. */
  go?: boolean;
}

const suites: Suite[] = [
  { name: "editing", open: "shop" },
  { name: "python", open: "pyshop" },
  { name: "otherpython", open: "scripts" },
  { name: "roots", open: "both.code-workspace" },
  { name: "missing", open: "shop", bundled: false },
  { name: "untrusted", open: "hostile", trusting: false },
];

/** Starts an editor with the extension, calls back with it, and ends it. */
async function withEditor(
  suite: Suite,
  use: (editor: Served & { home: string }) => Promise<void>,
): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), "rells-vscode-"));
  try {
    await prepare(home, suite);
    const start = {
      home,
      open: join(home, "work", suite.open),
      trusting: suite.trusting ?? true,
      environment: { RELLS_PROGRAM: program },
    };
    await serve(start, (served) => use({ ...served, home }));
  } finally {
    await rm(home, { recursive: true, maxRetries: 5, retryDelay: 200 });
  }
}

async function prepare(home: string, suite: Suite): Promise<void> {
  const unpacked = join(home, "extensions", "rells-dev.rells-0.1.0");
  for (const part of ["package.json", "dist", "syntaxes", "media"]) {
    await cp(join(extension, part), join(unpacked, part), { recursive: true });
  }
  if (suite.bundled !== false) {
    await cp(program, join(unpacked, "bin", "rells"));
  }
  await cp(join(here, "workspaces"), join(home, "work"), { recursive: true });
  await cp(join(extension, "..", "testdata", "pyshop"), join(home, "work", "pyshop"), { recursive: true });
  if (suite.go) {
    await fakeGo(home);
  }
  await settle(home);
}

/** Gives a user a go that installs the program under test, as if it had built it. */
async function fakeGo(home: string): Promise<void> {
  const go = join(home, "bin", "go");
  const script = `#!/bin/sh
[ "$*" = "install github.com/rells-dev/rells/cmd/rells@latest" ] || exit 1
mkdir -p "$HOME/go/bin" && cp "$RELLS_PROGRAM" "$HOME/go/bin/"
`;
  await mkdir(join(home, "bin"));
  await writeFile(go, script);
  await chmod(go, 0o755);
  // The editor has the environment of a login shell.
  await writeFile(join(home, ".profile"), 'PATH="$HOME/bin:$PATH"\n');
}

/** Bundles a suite for the extension host. */
async function bundle(home: string, suite: Suite): Promise<void> {
  await build({
    entryPoints: [join(here, "suite", `${suite.name}.ts`)],
    outfile: join(home, "suite", "index.js"),
    bundle: true,
    platform: "node",
    format: "cjs",
    external: ["vscode"],
    logLevel: "error",
  });
}

/** A page in which the workbench runs the tests that its address names. */
async function testingPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  // A built workbench heeds the payload of its address only where it is told to.
  await page.addInitScript(() => {
    const original = Object.getOwnPropertyDescriptor(Element.prototype, "getAttribute")?.value as (
      this: Element,
      name: string,
    ) => string | null;
    Element.prototype.getAttribute = function (name: string) {
      const value = original.call(this, name);
      if (name !== "data-settings" || this.id !== "vscode-workbench-web-configuration" || value === null) {
        return value;
      }
      const settings = JSON.parse(value) as { developmentOptions?: object };
      settings.developmentOptions = { ...settings.developmentOptions, enableSmokeTestDriver: true };
      return JSON.stringify(settings);
    };
  });
  return page;
}

async function run(browser: Browser, suite: Suite): Promise<Outcome[]> {
  let outcomes: Outcome[] = [];
  await withEditor(suite, async ({ origin, host, home }) => {
    await bundle(home, suite);
    const page = await testingPage(browser);
    const remote = (path: string) => `vscode-remote://${host}${path}`;
    const payload = [
      ["extensionDevelopmentPath", remote(join(home, "extensions", "rells-dev.rells-0.1.0"))],
      ["extensionTestsPath", remote(join(home, "suite", "index.js"))],
    ];
    const query = new URLSearchParams({ payload: JSON.stringify(payload) });
    query.set(
      suite.open.endsWith(".code-workspace") ? "workspace" : "folder",
      join(home, "work", suite.open),
    );
    await page.goto(`${origin}/?${query.toString()}`);
    outcomes = await results(join(home, "work", "outcomes.json"));
    if (outcomes.some((o) => o.failure !== undefined) && process.env["RELLS_PICTURES"]) {
      await page.screenshot({ path: join(process.env["RELLS_PICTURES"], `failed-${suite.name}.png`) });
    }
    await page.close();
  });
  return outcomes;
}

/** Waits for the outcomes that the suite writes at its end. */
async function results(file: string): Promise<Outcome[]> {
  const deadline = Date.now() + 600_000;
  while (Date.now() < deadline) {
    try {
      return JSON.parse(await readFile(file, "utf8")) as Outcome[];
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  }
  const sofar = await readFile(`${file}~`, "utf8").catch(() => "[]");
  return [
    ...(JSON.parse(sofar) as Outcome[]),
    { name: "the suite ends", failure: "not within ten minutes", ms: 600_000 },
  ];
}

const wanted = process.argv.slice(2);
const browser = await launch();
let failed = 0;
try {
  for (const suite of suites.filter((s) => wanted.length === 0 || wanted.includes(s.name))) {
    for (const { name, failure, ms } of await run(browser, suite)) {
      console.log(`${failure === undefined ? "ok  " : "FAIL"} ${suite.name}: ${name} (${ms} ms)`);
      if (failure !== undefined) {
        console.log(failure.replace(/^/gm, "       "));
        failed++;
      }
    }
  }
  if (wanted.length === 0 || wanted.includes("install")) {
    await withEditor(
      { name: "install", open: "shop", bundled: false, go: true },
      async ({ origin, home }) => {
        await install(browser, `${origin}/?folder=${join(home, "work", "shop")}`);
        console.log("ok   install: a server is built where there is none, and finds the problem");
      },
    );
  }
  if (wanted.length === 0 || wanted.includes("pictures")) {
    await withEditor({ name: "pictures", open: "shop" }, async ({ origin, home }) => {
      await pictures(
        browser,
        `${origin}/?folder=${join(home, "work", "shop")}`,
        process.env["RELLS_PICTURES"],
      );
      console.log("ok   pictures: squiggle with hover, quick fix, diagram");
    });
  }
} catch (error) {
  console.log("FAIL", error);
  failed++;
} finally {
  await browser.close();
}
process.exit(failed > 0 ? 1 : 0);
