import type { ExtensionContext, TextDocument } from "vscode";
import { commands, Disposable, workspace } from "vscode";
import { addMissingSide, explainRule, fixWorkspace, goToInverse, showInformation } from "./commands.ts";
import { concerns, isOtherPython } from "./concern.ts";
import { Diagram } from "./diagram.ts";
import { RulePages } from "./rules.ts";
import { Server } from "./server.ts";
import { Status } from "./status.ts";

/** What other extensions, and tests, can see of this one. */
export interface Api {
  server: Server;
  status: Status;
  diagram: Diagram;
}

let server: Server | undefined;

export async function activate(context: ExtensionContext): Promise<Api> {
  const running = new Server(context);
  server = running;
  const status = new Status(running);
  const diagram = new Diagram(running);
  context.subscriptions.push(
    running,
    status,
    diagram,
    running.onHealth(
      (health) => void commands.executeCommand("setContext", "rells.running", health === "running"),
    ),
    commands.registerCommand("rells.restart", () => running.restart()),
    commands.registerCommand("rells.showDiagram", () => diagram.show()),
    commands.registerCommand("rells.goToInverse", goToInverse),
    commands.registerCommand("rells.addMissingSide", addMissingSide),
    commands.registerCommand("rells.explainRule", (rule?: string) => explainRule(running, rule)),
    commands.registerCommand("rells.fixWorkspace", fixWorkspace),
    commands.registerCommand("rells.showInformation", () => showInformation(running)),
    workspace.registerTextDocumentContentProvider("rells-rule", new RulePages(running)),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("rells.path")) {
        void running.restart();
      } else if (
        event.affectsConfiguration("rells.codeLens") ||
        event.affectsConfiguration("rells.inlayHints")
      ) {
        running.refresh();
      }
    }),
    workspace.onDidGrantWorkspaceTrust(() => void running.restart()),
  );
  if (await isOtherPython()) {
    const start = (document: TextDocument) => {
      if (concerns(document)) {
        waiting.dispose();
        void running.restart();
      }
    };
    const waiting = Disposable.from(
      workspace.onDidOpenTextDocument(start),
      workspace.onDidSaveTextDocument(start),
    );
    context.subscriptions.push(waiting);
  } else {
    await running.restart();
  }
  return { server: running, status, diagram };
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
