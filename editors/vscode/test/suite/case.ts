import * as assert from "node:assert/strict";
import { renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as vscode from "vscode";
import type { Api } from "../../src/extension.ts";

/** How a case ended. */
export interface Outcome {
  name: string;
  failure?: string;
  ms: number;
}

/** What a case asserts, in order; each is told how it went. */
export type Cases = Record<string, () => Promise<void>>;

/** How long a case may take at most, in milliseconds. */
const most = 60_000;

/** Runs cases one after the other, and writes how they went beside the workspace. */
export async function runCases(cases: Cases): Promise<void> {
  const at = vscode.workspace.workspaceFile ?? vscode.workspace.workspaceFolders?.[0]?.uri;
  const file = join(dirname(at?.fsPath ?? "."), "outcomes.json");
  const outcomes: Outcome[] = [];
  for (const [name, run] of Object.entries(cases)) {
    const start = Date.now();
    const failure = await Promise.race([attempt(run), late()]);
    outcomes.push({ name, ...(failure === undefined ? {} : { failure }), ms: Date.now() - start });
    writeFileSync(`${file}~`, JSON.stringify(outcomes));
  }
  renameSync(`${file}~`, file);
}

async function attempt(run: () => Promise<void>): Promise<string | undefined> {
  try {
    await run();
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

function late(): Promise<string> {
  return new Promise((resolve) => {
    setTimeout(() => {
      resolve(`not done after ${most} ms`);
    }, most);
  });
}

/** Waits until something holds, for so long as a loaded machine may need. */
export async function until(what: string, holds: () => unknown, ms = 20_000): Promise<void> {
  const deadline = Date.now() + ms;
  while (Date.now() < deadline) {
    if (await holds()) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${what}: not within ${ms} ms`);
}

/** The extension, activated. */
export async function api(): Promise<Api> {
  const extension = vscode.extensions.getExtension<Api>("rells-dev.rells");
  if (!extension) {
    throw new Error("the extension is not there");
  }
  return extension.activate();
}

/** The file of a folder of the workspace. */
export function uriOf(name: string, root = 0): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[root];
  if (!folder) {
    throw new Error(`there is no folder ${root}`);
  }
  return vscode.Uri.joinPath(folder.uri, name);
}

/** Shows a file. */
export async function show(name: string, root = 0): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uriOf(name, root)));
}

/** Where a text stands in a document; with a bar in it, where the bar is. */
export function at(document: vscode.TextDocument, text: string): vscode.Position {
  const bar = text.indexOf("|");
  const offset = document.getText().indexOf(text.replace("|", ""));
  if (offset < 0) {
    throw new Error(`${document.fileName} does not hold ${text}`);
  }
  return document.positionAt(offset + Math.max(bar, 0));
}

/** The rules of our problems in a file, in the editor's own list. */
export function rules(uri: vscode.Uri): string[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter((d) => d.source === "rells")
    .map((d) => String(typeof d.code === "object" ? d.code.value : d.code));
}

/** Waits until a file has exactly these problems. */
export async function untilRules(uri: vscode.Uri, ...want: string[]): Promise<void> {
  await until(
    `${uri.path} has the problems ${want.join(", ") || "none"}`,
    () => rules(uri).join() === want.join(),
  ).catch((error: unknown) => {
    throw new Error(`${String(error)}; there are: ${rules(uri).join(", ")}`);
  });
}

/** Replaces a text in a document, as typing does. */
export async function replace(editor: vscode.TextEditor, from: string, to: string): Promise<void> {
  const start = editor.document.getText().indexOf(from);
  const range = new vscode.Range(
    editor.document.positionAt(start),
    editor.document.positionAt(start + from.length),
  );
  if (
    start < 0 ||
    !(await editor.edit((edit) => {
      edit.replace(range, to);
    }))
  ) {
    throw new Error(`${from} could not be replaced`);
  }
}

/** The code actions at a place. */
export function actions(uri: vscode.Uri, range: vscode.Range, kind?: string): Thenable<vscode.CodeAction[]> {
  return vscode.commands.executeCommand("vscode.executeCodeActionProvider", uri, range, kind, 50);
}

/** What is offered at a place of a file in which a text has taken the place of another. */
async function complete(text: string, into: [file: string, from: string, to: string]): Promise<string[]> {
  const [file, from, to] = into;
  const editor = await show(file);
  await replace(editor, from, to);
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    "vscode.executeCompletionItemProvider",
    editor.document.uri,
    at(editor.document, text),
  );
  await vscode.commands.executeCommand("undo");
  return list.items.map((i) => (typeof i.label === "string" ? i.label : i.label.label));
}

/** Asserts that names are offered there. */
export async function offers(text: string, into: [string, string, string], ...want: string[]): Promise<void> {
  const labels = await complete(text, into);
  for (const name of want) {
    assert.ok(labels.includes(name), `${text}: ${name} is not among ${labels.join(", ")}`);
  }
}

/** Takes back all that is not saved. */
export async function undoAll(): Promise<void> {
  for (const document of vscode.workspace.textDocuments.filter((d) => d.isDirty)) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand("workbench.action.files.revert");
  }
}
