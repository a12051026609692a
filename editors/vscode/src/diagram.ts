import type { Disposable, TextEditor, WebviewPanel } from "vscode";
import { Range, Uri, ViewColumn, window } from "vscode";
import type { Location } from "vscode-languageclient";
import type { Graph } from "./protocol.ts";
import type { Server } from "./server.ts";

/** What the page tells. */
type Told = { type: "ready" } | { type: "open"; at: Location };

/** The page with the diagram, beside the source: it follows the cursor, and leads back. */
export class Diagram implements Disposable {
  readonly #server: Server;
  readonly #listening: Disposable[];
  #panel: WebviewPanel | undefined;
  #graph: Graph = { models: [] };
  #revealed = "";

  constructor(server: Server) {
    this.#server = server;
    this.#listening = [
      server.onChanged((changed) => {
        if (changed.graph) {
          void this.#redraw();
        }
      }),
      server.onHealth((health) => {
        if (health === "running") {
          void this.#redraw();
        }
      }),
      window.onDidChangeTextEditorSelection((event) => {
        this.#follow(event.textEditor);
      }),
    ];
  }

  /** The model that the page was last told to show; for tests. */
  get revealed(): string {
    return this.#revealed;
  }

  /** The models that the page shows; for tests. */
  get models(): string[] {
    return this.#graph.models.map((m) => m.id);
  }

  async show(): Promise<void> {
    if (this.#panel) {
      this.#panel.reveal(undefined, true);
      return;
    }
    const [page, { graph }] = await Promise.all([
      this.#server.graph({ format: "html" }),
      this.#server.graph({ format: "json" }),
    ]);
    const panel = window.createWebviewPanel(
      "rells.diagram",
      "Models",
      { viewColumn: ViewColumn.Beside, preserveFocus: true },
      { enableScripts: true, retainContextWhenHidden: true, localResourceRoots: [] },
    );
    this.#panel = panel;
    this.#graph = graph ?? { models: [] };
    panel.onDidDispose(() => {
      this.#panel = undefined;
      this.#revealed = "";
    });
    panel.webview.onDidReceiveMessage((told: Told) => {
      if (told.type === "open") {
        void open(told.at);
      } else if (window.activeTextEditor) {
        this.#follow(window.activeTextEditor);
      }
    });
    panel.webview.html = page.text ?? "";
  }

  dispose(): void {
    this.#listening.forEach((d) => void d.dispose());
    this.#panel?.dispose();
  }

  async #redraw(): Promise<void> {
    if (!this.#panel) {
      return;
    }
    const { graph } = await this.#server.graph({ format: "json" });
    if (graph) {
      this.#graph = graph;
      await this.#panel.webview.postMessage({ type: "graph", graph });
    }
  }

  /** Shows the model at the cursor. */
  #follow(editor: TextEditor): void {
    const id = modelAt(this.#graph, editor.document.uri, editor.selection.active.line);
    if (this.#panel && id !== undefined && id !== this.#revealed) {
      this.#revealed = id;
      void this.#panel.webview.postMessage({ type: "reveal", model: id });
    }
  }
}

/** The model that is declared at a line, or nearest above it. */
function modelAt(graph: Graph, uri: Uri, line: number): string | undefined {
  let best: { id: string; line: number } | undefined;
  for (const { id, at } of graph.models) {
    if (at && Uri.parse(at.uri).toString() === uri.toString()) {
      const start = at.range.start.line;
      if (start <= line && (!best || start > best.line)) {
        best = { id, line: start };
      }
    }
  }
  return best?.id;
}

async function open({ uri, range }: Location): Promise<void> {
  const { start, end } = range;
  await window.showTextDocument(Uri.parse(uri), {
    viewColumn: ViewColumn.One,
    selection: new Range(start.line, start.character, end.line, end.character),
  });
}
