import type { CodeAction, CodeLens, Diagnostic, TextEditor } from "vscode";
import { commands, languages, Range, Uri, window, workspace } from "vscode";
import type { Server } from "./server.ts";

const fixAll = "source.fixAll.rells";

/** Goes to the other side of the relation at the cursor. */
export async function goToInverse(): Promise<void> {
  const editor = window.activeTextEditor;
  if (!editor) {
    return;
  }
  const line = editor.selection.active.line;
  const lenses = await commands.executeCommand<CodeLens[]>(
    "vscode.executeCodeLensProvider",
    editor.document.uri,
    1000,
  );
  const lens = lenses.find((l) => l.command?.command === "rells.showRelation" && l.range.start.line === line);
  if (!lens?.command) {
    void window.showInformationMessage("rells: the relation at the cursor has no inverse.");
    return;
  }
  await commands.executeCommand(
    lens.command.command,
    ...((lens.command.arguments as unknown[] | undefined) ?? []),
  );
}

/** Adds the side that the relation at the cursor lacks. */
export async function addMissingSide(): Promise<void> {
  const editor = window.activeTextEditor;
  if (!editor) {
    return;
  }
  const actions = (await actionsAt(editor)).filter((a) => /^Add \w+\.\w+/.test(a.title));
  const chosen = actions.length > 1 ? await choose(actions) : actions[0];
  if (!chosen) {
    if (actions.length === 0) {
      void window.showInformationMessage("rells: the relation at the cursor lacks no side.");
    }
    return;
  }
  await apply(chosen);
}

async function choose(actions: CodeAction[]): Promise<CodeAction | undefined> {
  const title = await window.showQuickPick(actions.map((a) => a.title));
  return actions.find((a) => a.title === title);
}

async function actionsAt(editor: TextEditor): Promise<CodeAction[]> {
  const found = await commands.executeCommand<CodeAction[]>(
    "vscode.executeCodeActionProvider",
    editor.document.uri,
    editor.document.lineAt(editor.selection.active).range,
    undefined,
    100,
  );
  return found.filter((a) => a.edit);
}

async function apply(action: CodeAction): Promise<boolean> {
  return action.edit ? workspace.applyEdit(action.edit) : false;
}

/** Makes every certain fix in every file with problems, as far as they go together. */
export async function fixWorkspace(): Promise<number> {
  let fixed = 0;
  for (const [uri] of languages.getDiagnostics().filter(([, list]) => list.some(isOurs))) {
    const document = await workspace.openTextDocument(uri);
    const everything = document.validateRange(new Range(0, 0, document.lineCount, 0));
    const actions = await commands.executeCommand<CodeAction[]>(
      "vscode.executeCodeActionProvider",
      uri,
      everything,
      fixAll,
      100,
    );
    for (const action of actions.filter((a) => a.kind?.value === fixAll && a.edit)) {
      if (await apply(action)) {
        fixed++;
      }
    }
  }
  void window.showInformationMessage(
    fixed > 0
      ? `rells: fixed what certainly can be in ${fixed} files. Nothing is saved yet.`
      : "rells: nothing can be fixed for certain.",
  );
  return fixed;
}

function isOurs(d: Diagnostic): boolean {
  return d.source === "rells";
}

/** The name of the rule that a problem is of. */
export function ruleOf(d: Diagnostic): string {
  return String(typeof d.code === "object" ? d.code.value : (d.code ?? ""));
}

/** Shows the page about the rule at the cursor, else about one that is chosen. */
export async function explainRule(server: Server, rule?: string): Promise<void> {
  const name = rule ?? (await chooseRule());
  if (name === undefined || !server.binary) {
    return;
  }
  await commands.executeCommand("markdown.showPreview", Uri.parse(`rells-rule:/${name}.md`));
}

async function chooseRule(): Promise<string | undefined> {
  const editor = window.activeTextEditor;
  const here = editor
    ? languages
        .getDiagnostics(editor.document.uri)
        .filter((d) => isOurs(d) && d.range.contains(editor.selection.active))
        .map(ruleOf)
    : [];
  if (here.length === 1) {
    return here[0];
  }
  const everywhere = languages.getDiagnostics().flatMap(([, list]) => list.filter(isOurs).map(ruleOf));
  const names = [...new Set(here.length > 0 ? here : everywhere)].sort();
  return names.length > 0
    ? window.showQuickPick(names, { placeHolder: "Rule to explain" })
    : window.showInputBox({ prompt: "Name of a rule, for example tag-conflict" });
}

/** Says what runs, and from where; returns what it has said. */
export async function showInformation(server: Server): Promise<string[]> {
  const lines = [
    `state: ${server.health}${server.failure ? ` (${server.failure})` : ""}`,
    `program: ${server.binary ? `${server.binary.path} (${server.binary.origin})` : "none"}`,
    `version: ${server.version || "unknown"}`,
    `process: ${server.pid ?? "none"}`,
    `folders: ${workspace.workspaceFolders?.map((f) => f.uri.fsPath).join(", ") ?? "none"}`,
    `trusted: ${workspace.isTrusted ? "yes" : "no"}`,
  ];
  if (server.health === "running") {
    const s = await server.summary();
    lines.push(`models: ${s.models}, relations: ${s.relations}`);
    lines.push(`problems: ${s.errors} errors, ${s.warnings} warnings, ${s.hints} hints`);
  }
  for (const line of lines) {
    server.output.info(line);
  }
  server.output.show(true);
  return lines;
}
