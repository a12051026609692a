// What the manifest promises, beside the settings, which are the server's to declare.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const root = join(import.meta.dirname, "..", "..");
const { contributes } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  contributes: {
    commands: { command: string }[];
    walkthroughs: { steps: { description: string; media: { image: string; altText: string } }[] }[];
  };
};

/** Width and height of a picture. */
function sizeOf(png: Buffer): [number, number] {
  assert.equal(png.subarray(1, 4).toString(), "PNG");
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

test("the walkthrough has three steps, with pictures and commands that there are", () => {
  const [steps, ...more] = contributes.walkthroughs.map((w) => w.steps);
  assert.deepEqual(more, []);
  assert.equal(steps?.length, 3);
  const commands = contributes.commands.map((c) => c.command);
  for (const { description, media } of steps) {
    const [width, height] = sizeOf(readFileSync(join(root, media.image)));
    assert.ok(width > 800 && height > 400, `${media.image} is small`);
    const [, command = ""] = /\(command:([\w.]+)\)/.exec(description) ?? [];
    assert.ok(commands.includes(command), `${command} is no command`);
  }
});

test("the pictures of the README are there", () => {
  const pictures = [...readFileSync(join(root, "README.md"), "utf8").matchAll(/!\[[^\]]+\]\((\S+)\)/g)];
  assert.ok(pictures.length >= 2);
  for (const [, path = ""] of pictures) {
    sizeOf(readFileSync(join(root, path)));
  }
});
