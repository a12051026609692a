// Graphs for tests.
import type { Field, Graph, Line, Model } from "./graph.ts";

export function model(name: string, rest: Partial<Model> = {}): Model {
  const id = `example.com/${rest.package ?? "shop"}.${name}`;
  const key: Field = { name: "ID", type: "uint", column: "id", primary: true };
  const plain: Field = { name: "Note", type: "string", column: "note" };
  return { id, name, package: "shop", dialects: ["gorm"], fields: [key, plain], ...rest };
}

/** A one-to-many from one model to another. */
export function line(from: Model, to: Model, rest: Partial<Line> = {}): Line {
  return { from: { model: from.id }, to: { model: to.id, many: true, optional: true }, ...rest };
}

/** So many models, in packages of a size, each of which belongs to an earlier one of its package. */
export function family(count: number, perPackage: number): Graph {
  const models = Array.from({ length: count }, (_, i) =>
    model(`M${i}`, {
      package: `p${Math.floor(i / perPackage)}`,
      at: { file: `f${Math.floor(i / 20)}.go`, line: 1, column: 1 },
    }),
  );
  const relations = models.flatMap((m, i) => {
    const first = i - (i % perPackage);
    const owner = models[first + Math.floor((i - first) / 3)];
    return owner && owner !== m ? [line(owner, m)] : [];
  });
  return { version: 1, models, relations };
}
