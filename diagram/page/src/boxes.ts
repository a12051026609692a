import type { Field, Graph, Model } from "./graph.ts";

/** Sizes of what is in a box, in pixels at zoom 1. */
export const size = { row: 19, header: 30, subtitle: 15, padding: 10, gap: 18, font: 13, small: 11 } as const;

/** A model as it is drawn: which rows it shows, and how large that is. */
export interface Box {
  model: Model;
  title: string;
  titleWidth: number; // at the size of a title
  subtitle: string; // "" for none
  rows: Field[];
  width: number;
  height: number;
  headerHeight: number;
}

/** The width of a text in pixels. */
export type Measure = (text: string, font: "title" | "row" | "small") => number;

/**
 * The boxes of a graph. Without columns they show what relations are made of: keys, the
 * relations themselves, and what is wrong. Packages are named where there are several.
 */
export function boxesOf(graph: Graph, columns: boolean, measure: Measure): Box[] {
  const packages = new Set(graph.models.map((m) => m.package));
  return graph.models.map((model) => {
    const wrong = new Set(model.problems?.map((p) => p.field));
    const rows = model.fields.filter(
      (f) => columns || f.primary || f.foreign || f.relation || wrong.has(f.name),
    );
    const subtitle = packages.size > 1 ? lastPart(model.package) : "";
    const widths = rows.map((f) => measure(f.name, "row") + size.gap + measure(shortType(f.type), "small"));
    const titleWidth = measure(model.name, "title");
    widths.push(titleWidth, measure(subtitle, "small"), 90);
    const headerHeight = size.header + (subtitle ? size.subtitle : 0);
    return {
      model,
      title: model.name,
      titleWidth,
      subtitle,
      rows,
      width: Math.ceil(Math.max(...widths)) + 2 * size.padding,
      height: headerHeight + rows.length * size.row + (rows.length > 0 ? 6 : 0),
      headerHeight,
    };
  });
}

/** The last part of an import path. */
export function lastPart(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** A type as a row has room for it. */
export function shortType(type: string): string {
  return type.length > 24 ? type.slice(0, 23) + "…" : type;
}
