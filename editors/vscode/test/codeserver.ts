// code-server, which is the real VS Code in a browser: started with folders of its own.
import { spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { chromium } from "playwright-core";

const entry =
  process.env["CODE_SERVER"] ??
  join(import.meta.dirname, "code-server", "node_modules", "code-server", "out", "node", "entry.js");

/** What an editor is started with. */
export interface Start {
  /** Holds everything that the editor writes: it is the user's home. */
  home: string;
  /** The folder or workspace that is opened. */
  open: string;
  /** Whether workspaces are trusted without asking. */
  trusting: boolean;
  environment?: NodeJS.ProcessEnv;
}

/** An editor that is running: its address, and the part of it that names the machine. */
export interface Served {
  origin: string;
  host: string;
}

/** Starts code-server, calls back with it once it answers, and ends it. */
export async function serve<T>(start: Start, use: (served: Served) => Promise<T>): Promise<T> {
  const host = `127.0.0.1:${await freePort()}`;
  const process_ = spawn(
    process.execPath,
    [
      entry,
      ...["--auth", "none", "--bind-addr", host, "--reconnection-grace-time", "2"],
      ...["--disable-telemetry", "--disable-update-check"],
      ...(start.trusting ? ["--disable-workspace-trust"] : []),
      ...foldersOf(start.home),
      start.open,
    ],
    { env: environmentOf(start), stdio: ["ignore", "pipe", "inherit"] },
  );
  const ended = new Promise<void>((resolve) =>
    process_.once("exit", () => {
      resolve();
    }),
  );
  try {
    await answering(`http://${host}/healthz`);
    return await use({ origin: `http://${host}`, host });
  } finally {
    process_.kill();
    await ended;
  }
}

/** What starts a program of code-server that works on the folders of a home. */
export function commandLine(home: string): string[] {
  return [process.execPath, entry, ...foldersOf(home)];
}

function foldersOf(home: string): string[] {
  return ["--user-data-dir", join(home, "data"), "--extensions-dir", join(home, "extensions")];
}

/** The environment without a rells on the path, which would be found by chance. */
function environmentOf({ home, environment }: Start): NodeJS.ProcessEnv {
  return { ...process.env, PATH: "/usr/local/bin:/usr/bin:/bin", HOME: home, ...environment };
}

/** Writes the settings of the user: a quiet editor. */
export async function settle(home: string): Promise<void> {
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
  };
  await mkdir(join(home, "data", "User"), { recursive: true });
  await writeFile(join(home, "data", "User", "settings.json"), JSON.stringify(settings));
}

/** Starts Debian's Chromium, or the one that CHROMIUM names. */
export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--disable-background-networking",
      "--disable-sync",
    ],
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
