import type { End } from "./graph.ts";
import type { Point } from "./layout.ts";

/** The end of a line in crow's-foot notation, as path data, and the circle that says "or none". */
export interface Foot {
  path: string;
  circle?: Point & { r: number };
}

/**
 * Draws an end: at is where the line meets its box, next is the following point of the
 * line. The mark nearest to the box says one or many, the other whether there may be none.
 */
export function foot(end: End, at: Point, next: Point): Foot {
  const length = Math.hypot(next.x - at.x, next.y - at.y) || 1;
  const d = { x: (next.x - at.x) / length, y: (next.y - at.y) / length };
  const along = (far: number, aside = 0) => ({
    x: at.x + d.x * far - d.y * aside,
    y: at.y + d.y * far + d.x * aside,
  });
  const bar = (far: number) => `M${spell(along(far, -6))}L${spell(along(far, 6))}`;
  const path = end.many ? `M${spell(along(0, -6))}L${spell(along(11))}L${spell(along(0, 6))}` : bar(7);
  if (end.optional) {
    return { path, circle: { ...along(end.many ? 15.5 : 14), r: 4 } };
  }
  return { path: path + bar(end.many ? 14 : 12) };
}

/** A line through points as path data, its corners rounded. */
export function polyline(points: readonly Point[], radius = 6): string {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) {
    return "";
  }
  let path = `M${spell(first)}`;
  for (let i = 1; i < points.length - 1; i++) {
    const [before, corner, after] = points.slice(i - 1, i + 2) as [Point, Point, Point];
    path += `L${spell(towards(corner, before, radius))}Q${spell(corner)} ${spell(towards(corner, after, radius))}`;
  }
  return path + `L${spell(last)}`;
}

/** A cubic curve as path data. */
export function cubic(points: readonly Point[]): string {
  const [start, ...rest] = points;
  return start ? `M${spell(start)}C${rest.map(spell).join(" ")}` : "";
}

/** The point that is so far from one on the way to another, at most half of it. */
function towards(from: Point, to: Point, distance: number): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const share = Math.min(distance, length / 2) / length;
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}

function spell(p: Point): string {
  return `${round(p.x)} ${round(p.y)}`;
}

function round(n: number): number {
  return Math.round(n * 10) / 10;
}
