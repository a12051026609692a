import type { Browser } from "playwright-core";
import { openFile } from "./workbench.ts";

/** Takes the offer of an extension without a server, to build one, until a problem is seen. */
export async function install(browser: Browser, url: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1180, height: 640 } });
  await page.goto(url);
  await page.locator(".monaco-workbench").waitFor();
  await openFile(page, "order.go");
  const offer = page.locator(".notification-toast", { hasText: "the program rells was not found" });
  await offer.waitFor({ timeout: 60_000 });
  await offer.getByRole("button", { name: "Build with go install" }).click();
  await page.locator(".squiggly-error").first().waitFor({ timeout: 60_000 });
  await page.close();
}
