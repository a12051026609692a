import type { Graph, Place } from "./graph.ts";

/** What an editor that shows the page tells it. */
export type Told = { type: "graph"; graph: Graph } | { type: "reveal"; model: string };

/** The editor around the page; a browser has none. */
export interface Host {
  /** Opens the source at a place. */
  open(at: Place): void;
}

interface EditorApi {
  postMessage(message: unknown): void;
}

declare global {
  // What VS Code gives to the pages that it shows.
  var acquireVsCodeApi: (() => EditorApi) | undefined;
}

/** Finds the editor, and listens to it. */
export function findHost(hear: (told: Told) => void): Host | undefined {
  const acquire = globalThis.acquireVsCodeApi;
  if (!acquire) {
    return undefined;
  }
  const api = acquire();
  window.addEventListener("message", (event: MessageEvent<Told>) => {
    hear(event.data);
  });
  api.postMessage({ type: "ready" });
  return {
    open(at) {
      api.postMessage({ type: "open", at });
    },
  };
}
