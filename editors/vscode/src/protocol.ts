import type { Location } from "vscode-languageclient";

// What rells adds to LSP: see docs/protocol.md.

export interface GraphParams {
  format?: "json" | "html" | "mermaid" | "dot";
}

export interface GraphResult {
  graph?: Graph;
  text?: string;
}

/** As far as the extension reads it; the page gets all of it. */
export interface Graph {
  models: { id: string; at?: Location }[];
}

export interface Summary {
  models: number;
  relations: number;
  errors: number;
  warnings: number;
  hints: number;
}

export interface Changed {
  graph: boolean;
  summary: boolean;
}
