import assert from "node:assert/strict";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { suite, test } from "node:test";
import { Backoff } from "../../src/backoff.ts";
import { BinaryError, checkVersion, findBinary, goBinaries, tooOld } from "../../src/binary.ts";

/** Calls back with a folder that holds programs, which print what is said. */
async function withPrograms(
  programs: Record<string, string>,
  use: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "rells-binary-"));
  try {
    for (const [name, printed] of Object.entries(programs)) {
      const path = join(folder, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, `#!/bin/sh\necho '${printed}'\n`);
      await chmod(path, 0o755);
    }
    await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

suite("the server is found", () => {
  const programs = { "own/rells": "", "extension/bin/rells": "", "path/rells": "", "go/bin/rells": "" };
  const look = (folder: string, setting: string, extension: string, searched: string, home = "none") =>
    findBinary({
      setting,
      extension: join(folder, extension),
      searched: join(folder, searched),
      built: goBinaries({}, join(folder, home)),
      platform: "linux",
    });

  test("by the setting, with the extension, on the path, where go install puts it", async () => {
    await withPrograms(programs, async (folder) => {
      const own = join(folder, "own/rells");
      assert.deepEqual(await look(folder, own, "extension", "path"), { path: own, origin: "rells.path" });
      assert.equal((await look(folder, "", "extension", "path")).origin, "bundled");
      assert.deepEqual(await look(folder, "", "none", "path"), {
        path: join(folder, "path/rells"),
        origin: "PATH",
      });
      assert.deepEqual(await look(folder, "", "none", "none", "."), {
        path: join(folder, "go/bin/rells"),
        origin: "go install",
      });
      assert.equal((await look(folder, "rells", "none", "path")).path, join(folder, "path/rells"));
    });
  });

  test("or not, which is said", async () => {
    await withPrograms(programs, async (folder) => {
      await assert.rejects(
        look(folder, "", "none", "none"),
        new BinaryError("the program rells was not found", true),
      );
      await assert.rejects(
        look(folder, "/nowhere/rells", "extension", "path"),
        /rells\.path names \/nowhere\/rells/,
      );
    });
  });
});

test("go install is told where by the environment", () => {
  assert.deepEqual(goBinaries({}, "/folder"), ["/folder/go/bin"]);
  assert.deepEqual(goBinaries({ GOPATH: ["/a", "/b"].join(delimiter) }, "/folder"), ["/a/bin", "/b/bin"]);
  assert.deepEqual(goBinaries({ GOBIN: "/bin", GOPATH: "/a" }, "/folder"), ["/bin", "/a/bin"]);
});

test("a program is asked for its version", async () => {
  const programs = {
    good: "rells v1.2.3 go1.26 linux/amd64",
    old: "rells v0.0.9 go1.26 linux/amd64",
    other: "hello",
  };
  await withPrograms(programs, async (folder) => {
    assert.equal(await checkVersion(join(folder, "good")), "v1.2.3");
    await assert.rejects(
      checkVersion(join(folder, "old")),
      /old is rells v0\.0\.9; this extension needs 0\.1\.0 or newer/,
    );
    await assert.rejects(checkVersion(join(folder, "other")), /other is not rells/);
    await assert.rejects(checkVersion(join(folder, "none")), /none cannot be run/);
  });
});

test("only releases can be too old", () => {
  for (const [version, old] of Object.entries({
    "v0.1.0": false,
    "v0.0.1": true,
    "v2.0.0": false,
    "(devel)": false,
    "v0.0.0-20260101000000-abcdefabcdef": false,
  })) {
    assert.equal(tooOld(version), old, version);
  }
});

test("restarts come later and later, and not forever", () => {
  const backoff = new Backoff(500, 3, 10_000);
  assert.deepEqual(
    [0, 1, 2, 3].map((n) => backoff.next(n)),
    [500, 1000, 2000, undefined],
  );
  assert.equal(backoff.next(20_000), 500);
  backoff.reset();
  assert.equal(backoff.next(20_001), 500);
});
