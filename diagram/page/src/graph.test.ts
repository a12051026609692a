import assert from "node:assert/strict";
import { test } from "node:test";
import { around, part, spellPlace, worst } from "./graph.ts";
import { line, model } from "./sample.ts";

const [a, b, c, d] = [model("A"), model("B"), model("C"), model("D")];
const graph = {
  version: 1,
  models: [a, b, c, d],
  relations: [line(a, b), line(c, b), line(c, d), line(d, d)],
};

test("what is near to a model is so in either direction", () => {
  const names = (depth: number) => part(graph, around(graph, a.id, depth)).models.map((m) => m.name);
  assert.deepEqual(names(0), ["A"]);
  assert.deepEqual(names(1), ["A", "B"]);
  assert.deepEqual(names(2), ["A", "B", "C"]);
  assert.deepEqual(names(9), ["A", "B", "C", "D"]);
});

test("a part has only lines both of whose models it has", () => {
  assert.deepEqual(part(graph, new Set([c.id, d.id])).relations, [line(c, d), line(d, d)]);
});

test("the worst problem counts", () => {
  const problem = (severity: "hint" | "warning" | "error") => ({ rule: "r", severity, message: "m" });
  assert.equal(worst([problem("hint"), problem("error"), problem("warning")]), "error");
  assert.equal(worst([problem("hint"), problem("warning")]), "warning");
  assert.equal(worst(undefined), undefined);
});

test("places of both kinds are spelt with lines from 1", () => {
  assert.equal(spellPlace({ file: "m/user.go", line: 7, column: 2 }), "m/user.go:7");
  const range = { start: { line: 6, character: 1 } };
  assert.equal(spellPlace({ uri: "file:///w/my%20user.go", range }), "my user.go:7");
});
