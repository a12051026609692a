// Runs the suites in the real VS Code: the workbench and extension host of code-server, in
// Chromium. Every suite has an editor, a profile and a workspace of its own.
import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import type { Browser, Page } from "playwright-core";
import { chromium } from "playwright-core";
import { pictures } from "./pictures.ts";
import type { Outcome } from "./suite/case.ts";

const here = import.meta.dirname;
const extension = dirname(here);
const codeServer =
  process.env["CODE_SERVER"] ??
  join(here, "code-server", "node_modules", "code-server", "out", "node", "entry.js");

interface Suite {
  name: string;
  /** What is opened, relative to the copy of test/workspaces. */
  open: string;
  flags?: string[];
  /** Whether the extension brings its server along. */
  bundled?: boolean;
  /** Settings of the user. */
  settings?: Record<string, unknown>;
}

const suites: Suite[] = [
  { name: "editing", open: "shop" },
  { name: "roots", open: "both.code-workspace" },
  { name: "missing", open: "shop", bundled: false },
  { name: "untrusted", open: "hostile", flags: [] },
];

const trusting = ["--disable-workspace-trust"];

/** An editor that is running: its address, and the folder with all that it has. */
interface Editor {
  origin: string;
  host: string;
  home: string;
}

/** Starts code-server with the extension, calls back with it, and ends it. */
async function withEditor(suite: Suite, use: (editor: Editor) => Promise<void>): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), "rells-vscode-"));
  await prepare(home, suite);
  const port = await freePort();
  const host = `127.0.0.1:${port}`;
  const process_ = spawn(
    process.execPath,
    [
      codeServer,
      ...["--auth", "none", "--bind-addr", host, "--reconnection-grace-time", "2"],
      ...["--disable-telemetry", "--disable-update-check", ...(suite.flags ?? trusting)],
      ...["--user-data-dir", join(home, "data"), "--extensions-dir", join(home, "extensions")],
      join(home, "work", suite.open),
    ],
    {
      env: { ...environment(), HOME: home, RELLS_PROGRAM: join(extension, "..", "..", "bin", "rells") },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const ended = new Promise<void>((resolve) =>
    process_.once("exit", () => {
      resolve();
    }),
  );
  try {
    await answering(`http://${host}/healthz`);
    await use({ origin: `http://${host}`, host, home });
  } finally {
    process_.kill();
    await ended;
    await rm(home, { recursive: true, maxRetries: 5, retryDelay: 200 });
  }
}

/** The environment without a rells on the path, which a suite would find by chance. */
function environment(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: "/usr/local/bin:/usr/bin:/bin" };
}

async function prepare(home: string, suite: Suite): Promise<void> {
  const unpacked = join(home, "extensions", "rells-dev.rells-0.1.0");
  for (const part of ["package.json", "dist", "syntaxes", "media"]) {
    await cp(join(extension, part), join(unpacked, part), { recursive: true });
  }
  if (suite.bundled !== false) {
    await cp(join(extension, "..", "..", "bin", "rells"), join(unpacked, "bin", "rells"));
  }
  await cp(join(here, "workspaces"), join(home, "work"), { recursive: true });
  const settings = {
    "workbench.startupEditor": "none",
    "security.workspace.trust.startupPrompt": "never",
    "security.workspace.trust.banner": "never",
    "files.autoSave": "off",
    "git.enabled": false,
    "chat.disableAIFeatures": true,
    "workbench.secondarySideBar.defaultVisibility": "hidden",
    "editor.minimap.enabled": false,
    "editor.stickyScroll.enabled": false,
    "window.commandCenter": false,
    ...suite.settings,
  };
  await mkdir(join(home, "data", "User"), { recursive: true });
  await writeFile(join(home, "data", "User", "settings.json"), JSON.stringify(settings));
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

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === "object" && address ? address.port : 0);
      });
    });
  });
}

async function answering(url: string): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    try {
      await fetch(url);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
  throw new Error(`${url} does not answer`);
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
const browser = await chromium.launch({
  executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-sync",
  ],
});
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
