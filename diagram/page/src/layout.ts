import type {
  ELK,
  ElkEdgeSection,
  ElkExtendedEdge,
  ElkLabel,
  ElkNode,
  LayoutOptions,
} from "elkjs/lib/elk-api.js";
import type { Box } from "./boxes.ts";
import type { Graph, Line } from "./graph.ts";
import type { Group } from "./groups.ts";
import { groupsOf } from "./groups.ts";

export interface Point {
  x: number;
  y: number;
}

/** Where everything is, in pixels at zoom 1. */
export interface Layout {
  boxes: Placed[];
  lines: Routed[];
  frames: Frame[];
  width: number;
  height: number;
}

export interface Placed extends Point {
  box: Box;
  width: number;
  height: number; // that of the box, or more where many lines meet
}

export interface Routed {
  line: Line;
  points: Point[]; // from one border to the other
  curved: boolean; // between groups: points are those of a cubic curve
  label?: Point; // the middle of the room that is left for the line's name
}

export interface Frame extends Point {
  title: string;
  width: number;
  height: number;
}

/** What lays out: the ELK library, in a worker or not. */
export type Engine = Pick<ELK, "layout">;

const layered: LayoutOptions = {
  "elk.algorithm": "layered",
  "elk.direction": "RIGHT",
  "elk.aspectRatio": "1.6",
  "elk.spacing.nodeNode": "28",
  "elk.spacing.componentComponent": "44",
  "elk.spacing.edgeNode": "18",
  "elk.spacing.edgeEdge": "12",
  "elk.spacing.portPort": "15",
  "elk.layered.spacing.nodeNodeBetweenLayers": "64",
  "elk.layered.spacing.edgeNodeBetweenLayers": "30",
  "elk.layered.spacing.edgeEdgeBetweenLayers": "12",
  "elk.layered.considerModelOrder.strategy": "NODES_AND_EDGES",
};

/** Options for layouts of which there are many, or whose boxes are: half the time for a few more crossings. */
const quick: LayoutOptions = {
  "elk.layered.thoroughness": "1",
  "elk.layered.crossingMinimization.greedySwitch.type": "OFF",
  "elk.layered.considerModelOrder.strategy": "NONE",
  "elk.layered.nodePlacement.strategy": "BRANDES_KOEPF",
};

/** Lays a graph out, large ones in groups. */
export async function layOut(engine: Engine, graph: Graph, boxes: readonly Box[]): Promise<Layout> {
  const groups = groupsOf(boxes);
  const home = new Map(groups.flatMap((group) => group.boxes.map((b) => [b.model.id, group] as const)));
  const inside = Map.groupBy(graph.relations, (l) => {
    const group = home.get(l.from.model);
    return group === home.get(l.to.model) ? group : undefined;
  });
  const alone = groups.length === 1;
  const laid = await Promise.all(
    groups.map((g) => layOutGroup(engine, g, inside.get(g) ?? [], alone && g.boxes.length < 80)),
  );
  const only = laid[0];
  if (alone && only) {
    return { ...only, frames: [] };
  }
  const between = inside.get(undefined) ?? [];
  return join(engine, groups, laid, between);
}

type Part = Omit<Layout, "frames">;

/** Lays a group out: what relations join, and below it the boxes that have none. */
async function layOutGroup(
  engine: Engine,
  group: Group,
  lines: readonly Line[],
  thorough: boolean,
): Promise<Part> {
  const joined = new Set(lines.flatMap((l) => [l.from.model, l.to.model]));
  const [alone, together] = [false, true].map((has) =>
    group.boxes.filter((b) => joined.has(b.model.id) === has),
  );
  const above = await layOutJoined(
    engine,
    together ?? [],
    lines,
    thorough ? layered : { ...layered, ...quick },
  );
  const below = await pack(engine, alone ?? [], above.width);
  const top = above.height > 0 ? above.height + 20 : 0;
  return {
    width: Math.max(above.width, below.width),
    height: below.height > 0 ? top + below.height : above.height,
    boxes: [...above.boxes, ...below.boxes.map((b) => ({ ...b, y: b.y + top }))],
    lines: above.lines,
  };
}

const empty: Part = { width: 0, height: 0, boxes: [], lines: [] };

async function layOutJoined(
  engine: Engine,
  boxes: readonly Box[],
  lines: readonly Line[],
  layoutOptions: LayoutOptions,
): Promise<Part> {
  if (boxes.length === 0) {
    return empty;
  }
  const root: ElkNode = await engine.layout({
    id: "root",
    layoutOptions,
    children: boxes.map((b) => ({
      id: b.model.id,
      width: b.width,
      height: b.height,
      layoutOptions: {
        "elk.nodeSize.constraints": "MINIMUM_SIZE PORTS",
        "elk.nodeSize.minimum": `(${b.width},${b.height})`,
      },
    })),
    edges: lines.map((l, i) => ({
      id: `line ${i}`,
      sources: [l.from.model],
      targets: [l.to.model],
      labels: l.label ? [labelOf(l.label)] : [],
    })),
  });
  return {
    ...sizeOf(root),
    boxes: placed(root, boxes),
    lines: lines.map((l, i) => routed(l, root.edges?.[i])),
  };
}

/** The room for the name of a line: about as wide as its small letters are. */
function labelOf(text: string): ElkLabel {
  return { text, width: 7 * text.length + 8, height: 14 };
}

function routed(line: Line, edge: ElkExtendedEdge | undefined): Routed {
  const found: Routed = { line, points: pointsOf(edge), curved: false };
  const label = edge?.labels?.[0];
  if (label) {
    const { x = 0, y = 0, width = 0, height = 0 } = label;
    found.label = { x: x + width / 2, y: y + height / 2 };
  }
  return found;
}

/** Packs boxes that no line meets, about as wide as what they stand below. */
async function pack(engine: Engine, boxes: readonly Box[], width: number): Promise<Part> {
  if (boxes.length === 0) {
    return empty;
  }
  const root: ElkNode = await engine.layout({
    id: "root",
    layoutOptions: {
      "elk.algorithm": "rectpacking",
      "elk.aspectRatio": "1.6",
      "elk.spacing.nodeNode": "18",
      ...(width > 600 ? { "elk.rectpacking.widthApproximation.targetWidth": String(width) } : {}),
    },
    children: boxes.map((b) => ({ id: b.model.id, width: b.width, height: b.height })),
  });
  return { ...sizeOf(root), boxes: placed(root, boxes), lines: [] };
}

function sizeOf({ width = 0, height = 0 }: ElkNode): { width: number; height: number } {
  return { width, height };
}

/** The boxes where their nodes are. */
function placed(root: ElkNode, boxes: readonly Box[]): Placed[] {
  const byId = new Map(boxes.map((b) => [b.model.id, b]));
  return (root.children ?? []).flatMap((node) => {
    const box = byId.get(node.id);
    return box
      ? [{ box, x: node.x ?? 0, y: node.y ?? 0, width: node.width ?? 0, height: node.height ?? 0 }]
      : [];
  });
}

function pointsOf(edge: ElkExtendedEdge | undefined): Point[] {
  return (edge?.sections ?? []).flatMap((s: ElkEdgeSection) => [
    s.startPoint,
    ...(s.bendPoints ?? []),
    s.endPoint,
  ]);
}

const frameHeader = 46;
const framePadding = 24;

/** Packs the groups, and draws the lines between them. */
async function join(engine: Engine, groups: Group[], parts: Part[], between: Line[]): Promise<Layout> {
  const root: ElkNode = await engine.layout({
    id: "root",
    layoutOptions: { "elk.algorithm": "rectpacking", "elk.aspectRatio": "1.6", "elk.spacing.nodeNode": "60" },
    children: parts.map((part, i) => ({
      id: String(i),
      width: Math.max(part.width, 11 * (groups[i]?.title.length ?? 0)) + 2 * framePadding,
      height: part.height + frameHeader + framePadding,
    })),
  });
  const whole: Layout = {
    boxes: [],
    lines: [],
    frames: [],
    width: root.width ?? 0,
    height: root.height ?? 0,
  };
  for (const node of root.children ?? []) {
    const part = parts[Number(node.id)];
    const group = groups[Number(node.id)];
    if (!part || !group) {
      continue;
    }
    const { x = 0, y = 0, width = 0, height = 0 } = node;
    const move = (p: Point) => ({ x: p.x + x + framePadding, y: p.y + y + frameHeader });
    whole.frames.push({ title: group.title, x, y, width, height });
    whole.boxes.push(...part.boxes.map((b) => ({ ...b, ...move(b) })));
    whole.lines.push(
      ...part.lines.map((l) => ({
        ...l,
        points: l.points.map(move),
        ...(l.label ? { label: move(l.label) } : {}),
      })),
    );
  }
  const at = new Map(whole.boxes.map((b) => [b.box.model.id, b]));
  for (const line of between) {
    const from = at.get(line.from.model);
    const to = at.get(line.to.model);
    if (from && to) {
      whole.lines.push({ line, points: curve(from, to), curved: true });
    }
  }
  return whole;
}

/** A cubic curve that leaves both boxes at the sides that face each other. */
function curve(from: Placed, to: Placed): Point[] {
  const right = from.x + from.width / 2 < to.x + to.width / 2;
  const start = { x: right ? from.x + from.width : from.x, y: from.y + 15 };
  const end = { x: right ? to.x : to.x + to.width, y: to.y + 15 };
  const bend = (right ? 1 : -1) * Math.min(400, 60 + Math.abs(end.x - start.x) / 3);
  return [start, { x: start.x + bend, y: start.y }, { x: end.x - bend, y: end.y }, end];
}
