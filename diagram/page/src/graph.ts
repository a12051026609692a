// The graph as rells hands it over: see diagram/graph.go, which says what each part means.

export type Severity = "hint" | "warning" | "error";

export interface Graph {
  version: number;
  models: Model[];
  relations: Line[];
}

export interface Model {
  id: string;
  name: string;
  package: string;
  table?: string;
  dialects: string[];
  fields: Field[];
  problems?: Problem[];
  at?: Place;
}

export interface Field {
  name: string;
  type: string;
  column?: string;
  primary?: boolean;
  foreign?: boolean;
  relation?: boolean;
  at?: Place;
}

export interface Problem {
  rule: string;
  severity: Severity;
  message: string;
  field?: string;
}

export interface Line {
  from: End;
  to: End;
  label?: string;
  oneSided?: boolean;
  severity?: Severity;
}

export interface End {
  model: string;
  field?: string;
  many?: boolean;
  optional?: boolean;
}

/** A place in a file: as the command line gives it, or as a language server does. */
export type Place =
  | { file: string; line: number; column: number }
  | { uri: string; range: { start: { line: number; character: number } } };

/** The place as people read it: path and 1-based line. */
export function spellPlace(at: Place): string {
  if ("file" in at) {
    return `${at.file}:${at.line}`;
  }
  return `${decodeURIComponent(at.uri.slice(at.uri.lastIndexOf("/") + 1))}:${at.range.start.line + 1}`;
}

/** Which file a place is in, in no notation in particular. */
export function fileOf(at: Place | undefined): string {
  return at === undefined ? "" : "file" in at ? at.file : at.uri;
}

const gravity: Record<Severity, number> = { hint: 1, warning: 2, error: 3 };

/** The worst severity of problems, undefined for none. */
export function worst(problems: readonly Problem[] | undefined): Severity | undefined {
  return problems?.reduce<Severity | undefined>(
    (w, p) => (w === undefined || gravity[p.severity] > gravity[w] ? p.severity : w),
    undefined,
  );
}

/** The models that at most so many lines lead to from one, itself included. */
export function around(graph: Graph, id: string, depth: number): Set<string> {
  const beside = new Map<string, string[]>();
  const link = (a: string, b: string) => {
    const list = beside.get(a);
    if (list) {
      list.push(b);
    } else {
      beside.set(a, [b]);
    }
  };
  for (const { from, to } of graph.relations) {
    link(from.model, to.model);
    link(to.model, from.model);
  }
  const reached = new Set([id]);
  let edge = [id];
  for (; depth > 0 && edge.length > 0; depth--) {
    edge = edge.flatMap((at) => beside.get(at) ?? []).filter((at) => !reached.has(at) && reached.add(at));
  }
  return reached;
}

/** The part of a graph that is about some of its models. */
export function part(graph: Graph, keep: ReadonlySet<string>): Graph {
  return {
    version: graph.version,
    models: graph.models.filter((m) => keep.has(m.id)),
    relations: graph.relations.filter((l) => keep.has(l.from.model) && keep.has(l.to.model)),
  };
}
