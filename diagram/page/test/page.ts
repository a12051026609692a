import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import type { Browser, Page } from "playwright-core";
import { chromium } from "playwright-core";

const run = promisify(execFile);
const root = join(import.meta.dirname, "..", "..", "..");

/** The program under test, built by `make build`. */
export const rells = process.env["RELLS"] ?? join(root, "bin", "rells");

/** Starts the Chromium of the system: Debian's, or the one that CHROMIUM names. */
export async function launch(): Promise<Browser> {
  const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
  if (!existsSync(executablePath)) {
    throw new Error(`${executablePath} is missing: install chromium, or set CHROMIUM`);
  }
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
}

/** Has rells draw a workspace, and writes the page to a file. */
export async function pageOf(workspace: string, file: string, ...flags: string[]): Promise<string> {
  const { stdout } = await run(rells, ["graph", "--format", "html", ...flags, workspace], {
    maxBuffer: 1 << 28,
  });
  await writeFile(file, stdout);
  return pathToFileURL(file).href;
}

/** Opens a page and waits until it is drawn; tells after how many milliseconds it was. */
export async function open(
  browser: Browser,
  url: string,
): Promise<{ page: Page; drawn: number; errors: string[] }> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") {
      errors.push(message.text());
    }
  });
  await page.goto(url);
  const drawn = page.locator("body[data-drawn]");
  await drawn.waitFor({ timeout: 60_000 });
  return { page, drawn: Number(await drawn.getAttribute("data-drawn")), errors };
}
