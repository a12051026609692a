import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { command, goTo, openFile } from "./workbench.ts";

/** Uses the editor as people do, with keys and pointer, and takes the pictures of the READMEs. */
export async function pictures(browser: Browser, url: string, folder: string | undefined): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1180, height: 640 }, deviceScaleFactor: 1 });
  const take = async (name: string) => {
    if (folder !== undefined) {
      await mkdir(folder, { recursive: true });
      await page.screenshot({ path: join(folder, `${name}.png`) });
    }
  };
  try {
    await look(page, url, take);
  } catch (error) {
    await take("failed-pictures");
    throw error;
  } finally {
    await page.close();
  }
}

async function look(page: Page, url: string, take: (name: string) => Promise<void>): Promise<void> {
  await page.goto(url);
  await page.locator(".monaco-workbench").waitFor();
  await openFile(page, "order.go");
  await page.keyboard.press("Control+b");
  await page.locator(".squiggly-error").first().waitFor({ timeout: 60_000 });
  // A lens that comes moves the lines, and ends a hover.
  await page.locator(".codelens-decoration", { hasText: "inverse User.Orders" }).waitFor();
  await goTo(page, 10, 52);
  await command(page, "Show or Focus Hover");
  await page.locator(".monaco-hover", { hasText: "Line has no such field" }).waitFor();
  await take("problem");
  await page.keyboard.press("Escape");
  await quickFix(page);
  await take("fix");
  await page.keyboard.press("Escape");
  await command(page, "rells: Show Diagram of Models");
  const diagram = page.frameLocator("iframe.webview.ready").frameLocator("#active-frame");
  await diagram.locator(".box").first().waitFor({ timeout: 60_000 });
  await diagram.locator("#fit").click();
  await take("diagram");
  await diagram.locator('[data-model$=".Role"] .title').click();
  await page.locator(".tab.active", { hasText: "user.go" }).waitFor();
}

/** Opens the menu of fixes, which now and then needs a second try. */
async function quickFix(page: Page): Promise<void> {
  const menu = page.locator(".action-widget", { hasText: "Add Line.Order" });
  for (let tries = 0; ; tries++) {
    await page.keyboard.press("Control+.");
    try {
      await menu.waitFor({ timeout: 5_000 });
      return;
    } catch (error) {
      if (tries === 3) {
        throw error;
      }
      await page.keyboard.press("Escape");
    }
  }
}
