import type { Box } from "./boxes.ts";
import { lastPart } from "./boxes.ts";
import { fileOf } from "./graph.ts";

/** Boxes that are laid out together and framed. */
export interface Group {
  title: string;
  boxes: Box[];
}

/** Up to so many boxes one layout takes them all, and no frames are needed. */
export const ungrouped = 150;

/** A package with more boxes than this is divided by its files. */
const most = 60;

/**
 * Divides the boxes of a large graph: a layout of all of them takes long, and shows
 * nothing to anybody. What stands in one package, or in neighbouring files of a large
 * one, belongs together.
 */
export function groupsOf(boxes: readonly Box[]): Group[] {
  if (boxes.length <= ungrouped) {
    return [{ title: "", boxes: [...boxes] }];
  }
  const packages = Map.groupBy(boxes, (b) => b.model.package);
  return [...packages].flatMap(([path, members]) => {
    const title = lastPart(path);
    return members.length <= most ? [{ title, boxes: members }] : byFiles(title, members);
  });
}

function byFiles(title: string, boxes: Box[]): Group[] {
  const files = [...Map.groupBy(boxes, (b) => fileOf(b.model.at))].sort(([a], [b]) => (a < b ? -1 : 1));
  const groups: Group[] = [];
  let open: Group | undefined;
  for (const [, members] of files) {
    for (let at = 0; at < members.length; at += most) {
      const chunk = members.slice(at, at + most);
      if (!open || open.boxes.length + chunk.length > most) {
        open = { title, boxes: [] };
        groups.push(open);
      }
      open.boxes.push(...chunk);
    }
  }
  return groups;
}
