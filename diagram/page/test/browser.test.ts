// The page in a real browser, of workspaces that rells has read.
import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { launch, open, pageOf } from "./page.ts";
import { withWorkspace, workspaceOf } from "./workspace.ts";

const shop = {
  "go.mod": "module example.com/shop\n\ngo 1.26\n\nrequire gorm.io/gorm v1.31.2\n",
  "models.go": `package shop

import "gorm.io/gorm"

type User struct {
	gorm.Model
	Orders []Order
}

type Order struct {
	gorm.Model
	Note   string
	UserID uint
	User   User
	Lines  []Line
}

type Line struct {
	gorm.Model
	OrderID uint
	Parts   []Part \`gorm:"foreignKey:Nowhere"\`
}

type Part struct {
	gorm.Model
}
`,
};

suite("the page", () => {
  let browser: Browser;
  let folder: string;
  before(async () => {
    browser = await launch();
    folder = await mkdtemp(join(tmpdir(), "rells-page-"));
  });
  after(async () => {
    await browser.close();
    await rm(folder, { recursive: true });
  });

  async function withPage(files: Record<string, string>, use: (page: Page, drawn: number) => Promise<void>) {
    await withWorkspace(files, async (workspace) => {
      const { page, drawn, errors } = await open(browser, await pageOf(workspace, join(folder, "page.html")));
      await use(page, drawn);
      assert.deepEqual(errors, []);
      await page.close();
    });
  }
  const box = (page: Page, name: string) => page.locator(`[data-model="example.com/shop.${name}"]`);

  test("draws models, one-sided relations and problems", async () => {
    await withPage(shop, async (page) => {
      assert.equal(await page.locator(".box").count(), 4);
      assert.equal(await page.locator(".line").count(), 3);
      assert.equal(await page.locator(".line.one-sided").count(), 2);
      assert.equal(await page.locator(".line.error").count(), 1);
      assert.match((await box(page, "Line").getAttribute("class")) ?? "", /error/);
      assert.match((await page.locator("#status").textContent()) ?? "", /^4 models, 3 relations, 1 problem$/);
    });
  });

  test("a click fades what is not near; the panel leads on; Escape ends it", async () => {
    await withPage(shop, async (page) => {
      await box(page, "Order").click();
      assert.equal(await page.locator(".focused .box:not(.lit)").count(), 1);
      assert.match((await page.locator("#panel").textContent()) ?? "", /Order.*table orders.*models\.go:10/);
      await page.locator("#panel").getByRole("button", { name: "Line" }).click();
      assert.match((await page.locator("#panel").textContent()) ?? "", /Nowhere.*foreign-key-unknown/);
      const [stroke, error] = await page.evaluate(() => {
        const line = document.querySelector(".line.error.lit .stroke");
        const border = document.querySelector(".box.error .border");
        return [line, border].map((e) => e && getComputedStyle(e).stroke);
      });
      assert.ok(stroke);
      assert.equal(stroke, error, "what is wrong keeps its colour when it is selected");
      await page.keyboard.press("Escape");
      assert.equal(await page.locator(".focused").count(), 0);
      assert.equal(await page.locator("#panel").isVisible(), false);
    });
  });

  test("search selects, and what is shown can be what is near", async () => {
    await withPage(shop, async (page) => {
      await page.keyboard.press("/");
      await page.keyboard.type("user");
      await page.keyboard.press("Enter");
      assert.match((await box(page, "User").getAttribute("class")) ?? "", /selected/);
      await page.locator("#depth").selectOption("1");
      await page.waitForFunction(() => document.querySelectorAll(".box").length === 2);
      await page.locator("#columns").check();
      await page.locator("[data-field=Note]").waitFor();
    });
  });

  test("the wheel zooms around the pointer, and a drag moves", async () => {
    await withPage(shop, async (page) => {
      const before = await box(page, "User").boundingBox();
      assert.ok(before);
      await page.mouse.move(before.x, before.y);
      await page.mouse.wheel(0, -200);
      const zoomed = await box(page, "User").boundingBox();
      assert.ok(zoomed && zoomed.width > before.width * 1.2);
      assert.ok(Math.abs(zoomed.x - before.x) < 3 && Math.abs(zoomed.y - before.y) < 3);
      await page.mouse.move(20, 400);
      await page.mouse.down();
      await page.mouse.move(70, 430, { steps: 3 });
      await page.mouse.up();
      const moved = await box(page, "User").boundingBox();
      assert.ok(moved && Math.abs(moved.x - zoomed.x - 50) < 2 && Math.abs(moved.y - zoomed.y - 30) < 2);
    });
  });

  test("light and dark are of different colours", async () => {
    await withPage(shop, async (page) => {
      const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const first = await ground();
      await page.locator("#theme").click();
      assert.notEqual(await ground(), first);
    });
  });

  test("SVG and PNG are saved, and show what the page shows", async () => {
    await withPage(shop, async (page) => {
      const saved = async (button: string) => {
        const [download] = await Promise.all([page.waitForEvent("download"), page.locator(button).click()]);
        return readFile(await download.path());
      };
      const picture = await browser.newPage();
      await picture.setContent((await saved("#svg")).toString());
      assert.equal(await picture.locator("svg .box").count(), 4);
      const fill = () =>
        picture
          .locator(".box .body")
          .first()
          .evaluate((e) => getComputedStyle(e).fill);
      assert.equal(await fill(), "rgb(255, 255, 255)");
      await picture.close();
      const png = await saved("#png");
      assert.equal(png.subarray(1, 4).toString(), "PNG");
      assert.ok(png.readUInt32BE(16) > 500 && png.readUInt32BE(20) > 200, "the picture is small");
    });
  });

  test("a thousand models are drawn in seconds, and can be found", async (t) => {
    await withPage(workspaceOf(40, 25), async (page, drawn) => {
      t.diagnostic(`drawn after ${drawn} ms`);
      assert.ok(drawn < 20_000);
      assert.equal(await page.locator(".box").count(), 1001);
      await page.waitForFunction(() => document.querySelectorAll(".rows").length === 1001);
      await page.locator("#query").fill("Payment7x15");
      await page.keyboard.press("Enter");
      const found = page.locator('[data-model="example.com/large/domain7.Payment7x15"]');
      await found.waitFor();
      const at = await found.boundingBox();
      assert.ok(at && at.x > 0 && at.y > 0 && at.x < 1440 && at.y < 900 && at.width > 80);
      const pictures = process.env["RELLS_PICTURES"];
      if (pictures) {
        await mkdir(pictures, { recursive: true });
        await page.screenshot({ path: join(pictures, "diagram-thousand.png") });
      }
    });
  });
});
