import ELK from "elkjs/lib/elk.bundled.js";
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { boxesOf } from "./boxes.ts";
import type { Graph } from "./graph.ts";
import { groupsOf, ungrouped } from "./groups.ts";
import type { Layout, Placed } from "./layout.ts";
import { layOut } from "./layout.ts";
import { family, line, model } from "./sample.ts";

const measure = (text: string) => text.length * 7;

function laid(graph: Graph): Promise<Layout> {
  return layOut(new ELK(), graph, boxesOf(graph, false, measure));
}

/** The pairs of boxes that share a point. */
function overlaps(boxes: readonly Placed[]): string[] {
  return boxes.flatMap((a, i) =>
    boxes
      .slice(i + 1)
      .filter(
        (b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height,
      )
      .map((b) => `${a.box.title} and ${b.box.title}`),
  );
}

/** Whether a point is on the border of a box, give or take half a pixel. */
function touches({ x, y, width, height }: Placed, p: { x: number; y: number } | undefined): boolean {
  if (!p) {
    return false;
  }
  const near = (a: number, b: number) => Math.abs(a - b) < 0.5;
  const within = p.x > x - 1 && p.x < x + width + 1 && p.y > y - 1 && p.y < y + height + 1;
  return within && (near(p.x, x) || near(p.x, x + width) || near(p.y, y) || near(p.y, y + height));
}

suite("a layout", () => {
  for (const [name, graph] of Object.entries({
    "of ten models": family(10, 10),
    "of a large package": family(300, 300),
    "of many packages": family(400, 25),
    "of models without relations": { ...family(30, 10), relations: [] },
    "of nothing": family(0, 1),
  })) {
    test(`${name} has every box once, no two in one place, and lines that meet their boxes`, async () => {
      const layout = await laid(graph);
      assert.equal(layout.boxes.length, graph.models.length);
      assert.deepEqual(overlaps(layout.boxes), []);
      assert.equal(layout.lines.length, graph.relations.length);
      const at = new Map(layout.boxes.map((b) => [b.box.model.id, b]));
      for (const { line, points } of layout.lines) {
        const [from, to] = [at.get(line.from.model), at.get(line.to.model)];
        assert.ok(from && touches(from, points[0]), `${line.from.model} is left where it is not`);
        assert.ok(to && touches(to, points.at(-1)), `${line.to.model} is met where it is not`);
      }
      for (const b of layout.boxes) {
        assert.ok(
          b.x >= 0 && b.y >= 0 && b.x + b.width <= layout.width + 1 && b.y + b.height <= layout.height + 1,
        );
      }
    });
  }

  test("draws relations of a model to itself, and several between two", async () => {
    const [a, b] = [model("A"), model("B")];
    const layout = await laid({
      version: 1,
      models: [a, b],
      relations: [line(a, a), line(a, b), line(a, b), line(b, a)],
    });
    assert.ok(layout.lines.every((l) => l.points.length >= 2));
  });

  test("has room beside the boxes for the names of join tables", async () => {
    const graph = family(12, 12);
    const label = "a_join_table_with_a_long_name";
    const layout = await laid({ ...graph, relations: graph.relations.map((l) => ({ ...l, label })) });
    assert.equal(layout.lines.length, 11);
    for (const { label: at } of layout.lines) {
      assert.ok(at, "a name has no place");
      const [left, right] = [at.x - 3.5 * label.length, at.x + 3.5 * label.length];
      const under = layout.boxes.filter(
        (b) => left < b.x + b.width && b.x < right && at.y - 8 < b.y + b.height && b.y < at.y + 8,
      );
      assert.deepEqual(
        under.map((b) => b.box.title),
        [],
      );
    }
  });
});

test("only large graphs are divided, by packages and then by files", () => {
  const groups = (graph: Graph) => groupsOf(boxesOf(graph, false, measure)).map((g) => g.boxes.length);
  assert.deepEqual(groups(family(ungrouped, 10)), [ungrouped]);
  assert.deepEqual(groups(family(200, 50)), [50, 50, 50, 50]);
  assert.deepEqual(groups(family(200, 200)), [60, 60, 60, 20]);
});

test("boxes show keys, relations and what is wrong; columns on request", () => {
  const rows = (columns: boolean, m = model("A")) =>
    boxesOf({ version: 1, models: [m], relations: [] }, columns, measure)[0]?.rows.map((f) => f.name);
  assert.deepEqual(rows(false), ["ID"]);
  assert.deepEqual(rows(true), ["ID", "Note"]);
  const wrong = model("A", { problems: [{ rule: "r", severity: "error", message: "m", field: "Note" }] });
  assert.deepEqual(rows(false, wrong), ["ID", "Note"]);
});
