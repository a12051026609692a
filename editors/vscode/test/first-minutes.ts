// Goes the way of somebody who sees rells for the first time: the commands that the README
// gives for VS Code, from the clone on, until the editor shows a problem. Says how long each
// took, and fails where it is more than three minutes in all.
import { execFileSync } from "node:child_process";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { commandLine, launch, serve, settle } from "./codeserver.ts";
import { openFile } from "./workbench.ts";

const root = join(import.meta.dirname, "..", "..", "..");
const most = 180_000;

/** The commands of the first block behind a heading of the README, comments left out. */
async function commandsOf(heading: string): Promise<string[]> {
  const text = await readFile(join(root, "README.md"), "utf8");
  const block = /```sh\n(.*?)```/s.exec(text.slice(text.indexOf(heading)))?.[1];
  if (!text.includes(heading) || block === undefined) {
    throw new Error(`the README has no commands for ${heading}`);
  }
  return block
    .split("\n")
    .map((line) => line.replace(/ +#.*/, ""))
    .filter((line) => line !== "");
}

/** A folder with the program code, which installs into a home, and notes what it is to open. */
async function programs(home: string): Promise<string> {
  const folder = join(home, "bin");
  const code = join(folder, "code");
  const install = commandLine(home)
    .map((word) => `'${word}'`)
    .join(" ");
  const script = `#!/bin/sh
if [ "$1" = --install-extension ]; then exec ${install} "$@"; fi
realpath "$@" >>'${join(home, "opened")}'
`;
  await mkdir(folder);
  await writeFile(code, script);
  await chmod(code, 0o755);
  return folder;
}

/** Runs commands one after the other, as a shell would. */
function run(commands: readonly string[], folder: string, environment: NodeJS.ProcessEnv): void {
  let cwd = folder;
  for (const command of commands) {
    if (command.startsWith("cd ")) {
      cwd = join(cwd, command.slice(3));
      continue;
    }
    const start = Date.now();
    execFileSync("/bin/sh", ["-c", command], {
      cwd,
      env: environment,
      stdio: ["ignore", "ignore", "inherit"],
    });
    tell(command, start);
  }
}

function tell(what: string, start: number): void {
  console.log(`${((Date.now() - start) / 1000).toFixed(1).padStart(6)} s  ${what}`);
}

/** What the commands have led to: folders, each with a file in it. */
async function opened(home: string): Promise<[folder: string, file: string][]> {
  const paths = (await readFile(join(home, "opened"), "utf8")).trim().split("\n");
  return paths.flatMap((path, i) => (i % 2 === 0 ? [[path, paths[i + 1] ?? ""]] : []));
}

/** Opens a file in its folder, and waits until a problem is seen. */
async function look(home: string, folder: string, file: string): Promise<void> {
  await serve({ home, open: folder, trusting: true }, async ({ origin }) => {
    const browser = await launch();
    try {
      const page = await browser.newPage();
      await page.goto(`${origin}/?folder=${folder}`);
      await page.locator(".monaco-workbench").waitFor();
      await openFile(page, basename(file));
      await page.locator(".squiggly-error").first().waitFor({ timeout: 60_000 });
    } finally {
      await browser.close();
    }
  });
}

const home = await mkdtemp(join(tmpdir(), "rells-first-"));
try {
  const begin = Date.now();
  run(await commandsOf("**VS Code**"), home, {
    ...process.env,
    PATH: `${await programs(home)}:${process.env["PATH"] ?? ""}`,
    // What is cloned is what is here.
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: `url.${root}.insteadOf`,
    GIT_CONFIG_VALUE_0: "https://github.com/rells-dev/rells",
  });
  await settle(home);
  let first = 0;
  for (const [folder, file] of await opened(home)) {
    const start = Date.now();
    await look(home, folder, file);
    tell(`a problem is seen in ${basename(file)}`, start);
    first ||= Date.now() - begin;
  }
  tell("to the first of them, in all", Date.now() - first);
  if (first === 0 || first > most) {
    throw new Error(`that is more than ${most / 60_000} minutes`);
  }
} finally {
  await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
