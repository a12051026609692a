import { shortType, size } from "./boxes.ts";
import { cubic, foot, polyline } from "./feet.ts";
import type { End, Field, Line, Model } from "./graph.ts";
import { worst } from "./graph.ts";
import type { Frame, Layout, Placed, Point, Routed } from "./layout.ts";

const namespace = "http://www.w3.org/2000/svg";

/** A drawing, and what of it belongs to whom. */
export interface Drawing {
  group: SVGGElement;
  boxes: Map<string, SVGGElement>; // by the id of the model
  lines: { line: Line; element: SVGGElement }[];
}

type Attributes = Record<string, string | number | undefined>;

export function svg<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(namespace, name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) {
      element.setAttribute(key, String(value));
    }
  }
  element.append(...children);
  return element;
}

/** Draws a layout: frames below lines below boxes. */
export function draw(layout: Layout): Drawing {
  const boxes = new Map(layout.boxes.map((p) => [p.box.model.id, drawBox(p)]));
  const lines = layout.lines.map((routed) => ({ line: routed.line, element: drawLine(routed) }));
  const group = svg(
    "g",
    {},
    svg("g", { class: "frames" }, ...layout.frames.map(drawFrame)),
    svg("g", { class: "lines" }, ...lines.map((l) => l.element)),
    svg("g", { class: "boxes" }, ...boxes.values()),
    svg("g", { class: "names" }, ...layout.frames.map((f) => bigText(f.title, f, 320))),
  );
  return { group, boxes, lines };
}

function drawFrame({ title, x, y, width, height }: Frame): SVGGElement {
  return svg(
    "g",
    { class: "frame" },
    svg("rect", { x, y, width, height, rx: 14 }),
    svg("text", { class: "near", x: x + 24, y: y + 30 }, title),
  );
}

function drawBox({ box, x, y, width, height }: Placed): SVGGElement {
  const { model } = box;
  const severity = worst(model.problems);
  const header = svg("path", { class: "header", d: roofed(width, box.headerHeight, 7) });
  const title = svg("text", { class: "title near", x: size.padding, y: 20 }, box.title);
  const parts: Node[] = [
    svg("title", {}, tooltip(model)),
    svg("rect", { class: "body", width, height, rx: 7 }),
    header,
    title,
  ];
  if (box.subtitle) {
    parts.push(svg("text", { class: "subtitle near", x: size.padding, y: 36 }, box.subtitle));
  }
  const rows = svg("g", { class: "rows near" });
  box.rows.forEach((field, i) => {
    rows.append(...drawRow(model, field, width, box.headerHeight + i * size.row + 16));
  });
  parts.push(rows, svg("rect", { class: "border", width, height, rx: 7 }));
  parts.push(bigText(box.title, { x: 0, y: 0, width, height }, 38));
  return svg(
    "g",
    {
      class: severity ? `box ${severity}` : "box",
      transform: `translate(${x},${y})`,
      "data-model": model.id,
      tabindex: 0,
      role: "button",
      "aria-label": tooltip(model),
    },
    ...parts,
  );
}

function drawRow(model: Model, field: Field, width: number, y: number): SVGTextElement[] {
  const severity = worst(model.problems?.filter((p) => p.field === field.name));
  const classes = [
    "row",
    field.primary && "primary",
    field.foreign && "foreign",
    field.relation && "relation",
    severity,
  ];
  return [
    svg(
      "text",
      { class: classes.filter(Boolean).join(" "), x: size.padding, y, "data-field": field.name },
      field.name,
    ),
    svg("text", { class: "type", x: width - size.padding, y, "text-anchor": "end" }, shortType(field.type)),
  ];
}

function drawLine({ line, points, curved }: Routed): SVGGElement {
  const d = curved ? cubic(points) : polyline(points);
  const classes = ["line", line.oneSided && "one-sided", line.severity, curved && "far-reaching"];
  const parts: Node[] = [
    svg("title", {}, spellLine(line)),
    svg("path", { class: "touch", d }),
    svg("path", { class: "stroke", d }),
    ...drawFoot(line.from, points[0], points[1]),
    ...drawFoot(line.to, points.at(-1), points.at(-2)),
  ];
  const middle = points.length > 1 && line.label ? halfway(points, curved) : undefined;
  if (middle && line.label) {
    parts.push(
      svg("text", { class: "label near", x: middle.x, y: middle.y - 4, "text-anchor": "middle" }, line.label),
    );
  }
  return svg("g", { class: classes.filter(Boolean).join(" ") }, ...parts);
}

function drawFoot(end: End, at: Point | undefined, next: Point | undefined): Node[] {
  if (!at || !next) {
    return [];
  }
  const { path, circle } = foot(end, at, next);
  const parts: Node[] = [svg("path", { class: "foot near", d: path })];
  if (circle) {
    parts.push(svg("circle", { class: "foot near", cx: circle.x, cy: circle.y, r: circle.r }));
  }
  return parts;
}

/** A text that fills a box, for when everything is too small to be read. */
function bigText(text: string, box: Point & { width: number; height: number }, most: number): SVGTextElement {
  const fontSize = Math.min(most, box.height * 0.7, (box.width * 0.92) / (0.62 * Math.max(text.length, 4)));
  return svg(
    "text",
    {
      class: "far",
      x: box.x + box.width / 2,
      y: box.y + box.height / 2 + fontSize * 0.35,
      "text-anchor": "middle",
      "font-size": fontSize.toFixed(1),
    },
    text,
  );
}

/** The middle of the longest level stretch of a line, or of a curve. */
function halfway(points: readonly Point[], curved: boolean): Point {
  if (curved) {
    const [a, b, c, d] = points as [Point, Point, Point, Point];
    const mean = (p: number, q: number, r: number, s: number) => (p + 3 * q + 3 * r + s) / 8;
    return { x: mean(a.x, b.x, c.x, d.x), y: mean(a.y, b.y, c.y, d.y) };
  }
  let best = { x: 0, y: 0, length: -1 };
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1], points[i]] as [Point, Point];
    const length = Math.abs(a.x - b.x);
    if (length > best.length) {
      best = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, length };
    }
  }
  return best;
}

/** A rectangle whose upper corners are rounded. */
function roofed(width: number, height: number, r: number): string {
  return `M0 ${height}V${r}Q0 0 ${r} 0H${width - r}Q${width} 0 ${width} ${r}V${height}Z`;
}

function tooltip(model: Model): string {
  const lines = [model.id, ...(model.table ? [`table ${model.table}`] : [])];
  for (const problem of model.problems ?? []) {
    lines.push(`${problem.severity}: ${problem.message}`);
  }
  return lines.join("\n");
}

/** A line in words: "User.Posts, Post.Author: one to many". */
export function spellLine(line: Line): string {
  const side = (end: End) =>
    `${end.model.slice(end.model.lastIndexOf("/") + 1)}${end.field ? `.${end.field}` : ""}`;
  const count = (end: End) =>
    end.many ? (end.optional ? "any number" : "one or more") : end.optional ? "none or one" : "one";
  const words = `${side(line.from)} (${count(line.from)}) – ${side(line.to)} (${count(line.to)})`;
  return line.oneSided ? `${words}, one-sided` : words;
}
