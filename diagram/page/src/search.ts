import type { Graph, Model } from "./graph.ts";

/** A model that a query finds, and what of it was found. */
export interface Hit {
  model: Model;
  found: string; // its name, table or field
}

/** The models whose name, table or a field of which holds the query, the best first. */
export function search(graph: Graph, query: string, most = 12): Hit[] {
  const wanted = query.trim().toLowerCase();
  if (!wanted) {
    return [];
  }
  const hits: (Hit & { rank: number })[] = [];
  for (const model of graph.models) {
    const hit = best(model, wanted);
    if (hit) {
      hits.push({ model, ...hit });
    }
  }
  hits.sort((a, b) => a.rank - b.rank || a.model.name.localeCompare(b.model.name));
  return hits.slice(0, most).map(({ model, found }) => ({ model, found }));
}

/** What a query finds in a model, and how far behind others it comes. */
function best(model: Model, wanted: string): { found: string; rank: number } | undefined {
  const name = model.name.toLowerCase();
  if (name === wanted) {
    return { found: model.name, rank: 0 };
  }
  if (name.startsWith(wanted)) {
    return { found: model.name, rank: 1 };
  }
  if (name.includes(wanted)) {
    return { found: model.name, rank: 2 };
  }
  if (model.table?.toLowerCase().includes(wanted)) {
    return { found: model.table, rank: 3 };
  }
  const field = model.fields.find((f) => f.name.toLowerCase().includes(wanted));
  if (field) {
    return { found: `${model.name}.${field.name}`, rank: 4 };
  }
  return model.id.toLowerCase().includes(wanted) ? { found: model.id, rank: 5 } : undefined;
}
