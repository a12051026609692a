import assert from "node:assert/strict";
import { test } from "node:test";
import { cubic, foot, polyline } from "./feet.ts";

const at = { x: 100, y: 50 };
const right = { x: 140, y: 50 };

test("one is a bar, and a second where there must be one", () => {
  assert.deepEqual(foot({ model: "m" }, at, right), { path: "M107 44L107 56M112 44L112 56" });
  const none = foot({ model: "m", optional: true }, at, right);
  assert.equal(none.path, "M107 44L107 56");
  assert.deepEqual(none.circle, { x: 114, y: 50, r: 4 });
});

test("many is a foot whose toes are at the box", () => {
  const many = foot({ model: "m", many: true, optional: true }, at, right);
  assert.equal(many.path, "M100 44L111 50L100 56");
  assert.deepEqual(many.circle, { x: 115.5, y: 50, r: 4 });
});

test("a foot turns with its line", () => {
  assert.equal(
    foot({ model: "m", many: true }, at, { x: 100, y: 90 }).path.startsWith("M106 50L100 61L94 50"),
    true,
  );
});

test("corners are rounded, by no more than half of a stretch", () => {
  assert.equal(polyline([at, { x: 120, y: 50 }, { x: 120, y: 54 }]), "M100 50L114 50Q120 50 120 52L120 54");
  assert.equal(polyline([]), "");
  assert.equal(cubic([at, at, right, right]), "M100 50C100 50 140 50 140 50");
});
