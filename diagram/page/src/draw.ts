import type { Box } from "./boxes.ts";
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
  lines: { line: Line; elements: SVGGElement[] }[];
  /** Each draws a part of what can be read from near only, and is to be called once. */
  details: (() => void)[];
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

/** Draws a layout: frames below lines below boxes below the names of lines. */
export function draw(layout: Layout): Drawing {
  const details: Drawing["details"] = [];
  const boxes = new Map(layout.boxes.map((p) => [p.box.model.id, drawBox(p, details)]));
  const lines = layout.lines.map((routed) => {
    const label = drawLabel(routed);
    return { line: routed.line, elements: [drawLine(routed, details), ...(label ? [label] : [])] };
  });
  const group = svg(
    "g",
    {},
    svg("g", { class: "frames" }, ...layout.frames.map(drawFrame)),
    svg("g", { class: "lines" }, ...lines.map((l) => l.elements[0] ?? "")),
    svg("g", { class: "boxes" }, ...boxes.values()),
    svg("g", { class: "labels" }, ...lines.map((l) => l.elements[1] ?? "")),
    svg("g", { class: "names" }, ...layout.frames.map((f) => bigText(f.title, 0.7 * f.title.length, f, 320))),
  );
  return { group, boxes, lines, details };
}

function drawFrame({ title, x, y, width, height }: Frame): SVGGElement {
  return svg(
    "g",
    { class: "frame" },
    svg("rect", { x, y, width, height, rx: 14 }),
    svg("text", { class: "near", x: x + 24, y: y + 30 }, title),
  );
}

function drawBox({ box, x, y, width, height }: Placed, details: Drawing["details"]): SVGGElement {
  const { model } = box;
  const severity = worst(model.problems);
  const border = svg("rect", { class: "border", width, height, rx: 7 });
  details.push(() => {
    border.before(...drawInside(box, width));
  });
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
    svg("rect", { class: "body", width, height, rx: 7 }),
    border,
    bigText(box.title, box.titleWidth / size.font, { x: 0, y: 0, width, height }, 38),
  );
}

/** What a box says to those who are near. */
function drawInside(box: Box, width: number): Node[] {
  const parts: Node[] = [
    svg("title", {}, tooltip(box.model)),
    svg("path", { class: "header", d: roofed(width, box.headerHeight, 7) }),
    svg("text", { class: "title near", x: size.padding, y: 20 }, box.title),
  ];
  if (box.subtitle) {
    parts.push(svg("text", { class: "subtitle near", x: size.padding, y: 36 }, box.subtitle));
  }
  const rows = svg("g", { class: "rows near" });
  box.rows.forEach((field, i) => {
    rows.append(...drawRow(box.model, field, width, box.headerHeight + i * size.row + 16));
  });
  return [...parts, rows];
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

function drawLine({ line, points, curved }: Routed, details: Drawing["details"]): SVGGElement {
  const d = curved ? cubic(points) : polyline(points);
  const classes = ["line", line.oneSided && "one-sided", line.severity, curved && "far-reaching"];
  const element = svg(
    "g",
    { class: classes.filter(Boolean).join(" ") },
    svg("title", {}, spellLine(line)),
    svg("path", { class: "touch", d }),
    svg("path", { class: "stroke", d }),
  );
  details.push(() => {
    element.append(
      ...drawFoot(line.from, points[0], points[1]),
      ...drawFoot(line.to, points.at(-1), points.at(-2)),
    );
  });
  return element;
}

/** The name of a line, which fades and lights up with it. */
function drawLabel({ line, points, curved, label }: Routed): SVGGElement | undefined {
  if (!line.label || points.length < 2) {
    return undefined;
  }
  const { x, y } = label ?? halfway(points, curved);
  return svg(
    "g",
    { class: curved ? "named far-reaching" : "named" },
    svg("text", { class: "label near", x, y: y + (label ? 4 : -4), "text-anchor": "middle" }, line.label),
  );
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

/**
 * A text that fills a box, for when everything is too small to be read. Its width is given
 * for letters of one pixel.
 */
function bigText(
  text: string,
  textWidth: number,
  box: Point & { width: number; height: number },
  most: number,
): SVGTextElement {
  const fontSize = Math.min(most, box.height * 0.7, (box.width * 0.92) / Math.max(textWidth, 3));
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
