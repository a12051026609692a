// What somebody who edits models does, in one folder.
import * as assert from "node:assert/strict";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import {
  actions,
  api,
  at,
  offers,
  replace,
  rules,
  runCases,
  show,
  undoAll,
  until,
  untilRules,
  uriOf,
} from "./case.ts";

const line = () => uriOf("models/line.go");
const order = () => uriOf("models/order.go");
const user = () => uriOf("models/user.go");

export function run(): Promise<void> {
  return runCases({
    "a Go file activates the extension, and the server runs": async () => {
      await show("models/order.go");
      const { server, status } = await api();
      assert.equal(server.health, "running");
      assert.equal(server.binary?.origin, "bundled");
      await until("the status tells the problem", () => status.text.includes("rells 1"));
    },
    "in a remote window it runs where the files are": () => {
      assert.ok(vscode.env.remoteName, "the window is not remote");
      const extension = vscode.extensions.getExtension("rells-dev.rells");
      assert.equal(extension?.extensionKind, vscode.ExtensionKind.Workspace);
      return Promise.resolve();
    },
    "every command of the manifest is there": async () => {
      const manifest = vscode.extensions.getExtension("rells-dev.rells")?.packageJSON as {
        contributes: { commands: { command: string }[] };
      };
      const there = await vscode.commands.getCommands(true);
      const wanted = manifest.contributes.commands.map((c) => c.command);
      assert.deepEqual(
        wanted.filter((c) => !there.includes(c)),
        [],
      );
    },
    "the server tells about itself": async () => {
      const lines = await vscode.commands.executeCommand<string[]>("rells.showInformation");
      assert.match(
        lines.join("\n"),
        /^state: running\nprogram: \S+rells \(bundled\)\nversion: \S+\nprocess: \d+\n/,
      );
      assert.match(lines.join("\n"), /\nmodels: 4, relations: 5\nproblems: 1 errors, 0 warnings, \d+ hints$/);
    },
    "problems of open and of closed files are shown": async () => {
      await untilRules(order(), "back-populates-unknown");
      assert.equal(
        vscode.workspace.textDocuments.some((d) => d.uri.path === user().path),
        false,
      );
      const editor = await show("models/order.go");
      await replace(editor, "back_populates:Orders", "back_populates:Bookings");
      await untilRules(order(), "back-populates-unknown", "back-populates-unknown");
      await vscode.commands.executeCommand("undo");
      await untilRules(order(), "back-populates-unknown");
    },
    "names are completed in five places": async () => {
      await offers(
        'back_populates:|"`\n\tRoles',
        ["models/user.go", "back_populates:Buyer", "back_populates:"],
        "Buyer",
      );
      await offers('foreignKey:|" rel', ["models/order.go", "foreignKey:BuyerID", "foreignKey:"], "BuyerID");
      await offers('rel:"|"`', ["models/order.go", "has-many,back_populates:Order", ""], "has-many");
      await offers(
        'gorm:"|"`',
        ["models/user.go", 'gorm:"many2many:user_roles"`\n}\n\n', 'gorm:""`\n}\n\n'],
        "many2many",
      );
      await offers(
        'many2many:|"`\n}\n\n//',
        ["models/user.go", 'many2many:user_roles"`\n}\n\n', 'many2many:"`\n}\n\n'],
        "user_roles",
      );
    },
    "a name in a tag leads to what it names": async () => {
      const { document } = await show("models/order.go");
      const found = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
        "vscode.executeDefinitionProvider",
        order(),
        at(document, "back_populates:O|rders"),
      );
      const [to] = found.map((l) => ("targetUri" in l ? l.targetUri : l.uri).path);
      assert.equal(to, user().path);
    },
    "go to inverse leads to the other side": async () => {
      const editor = await show("models/order.go");
      const cursor = at(editor.document, "Buy|er   *User");
      editor.selection = new vscode.Selection(cursor, cursor);
      await vscode.commands.executeCommand("rells.goToInverse");
      await until(
        "the other file is shown",
        () => vscode.window.activeTextEditor?.document.uri.path === user().path,
      );
      assert.equal(
        vscode.window.activeTextEditor?.document
          .lineAt(vscode.window.activeTextEditor.selection.active)
          .text.includes("Orders []Order"),
        true,
      );
    },
    "a lens leads there too": async () => {
      const { document } = await show("models/user.go");
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        "vscode.executeCodeLensProvider",
        user(),
        50,
      );
      const lens = lenses.find((l) => l.range.start.line === at(document, "Orders []").line);
      assert.equal(lens?.command?.title, "inverse Order.Buyer");
      await vscode.commands.executeCommand(lens.command.command, ...(lens.command.arguments as unknown[]));
      await until(
        "the other file is shown",
        () => vscode.window.activeTextEditor?.document.uri.path === order().path,
      );
    },
    "hover tells of a relation": async () => {
      const { document } = await show("models/order.go");
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        "vscode.executeHoverProvider",
        order(),
        at(document, "Buy|er   *User"),
      );
      const text = hovers
        .flatMap((h) => h.contents.map((c) => (c as vscode.MarkdownString).value))
        .join("\n");
      assert.match(text, /belongs-to/);
      assert.match(text, /User\.Orders/);
    },
    "a quick fix changes the other file, and is undone": async () => {
      const { document } = await show("models/order.go");
      const before = readFileSync(line().fsPath, "utf8");
      const [problem] = vscode.languages.getDiagnostics(order());
      assert.ok(problem);
      const fix = (await actions(order(), problem.range, "quickfix")).find(
        (a) => a.title === "Add Line.Order",
      );
      assert.ok(fix?.edit, "the fix is not offered");
      assert.equal(await vscode.workspace.applyEdit(fix.edit), true);
      const changed = await vscode.workspace.openTextDocument(line());
      assert.match(changed.getText(), /Order +\*?Order/);
      assert.equal(readFileSync(line().fsPath, "utf8"), before);
      await untilRules(order());
      await vscode.window.showTextDocument(changed);
      await vscode.commands.executeCommand("undo");
      assert.equal(changed.getText(), before);
      await untilRules(document.uri, "back-populates-unknown");
    },
    "fix all in the workspace makes every certain fix": async () => {
      await replace(await show("models/user.go"), "back_populates:Buyer", "back_populates:Buyr");
      await untilRules(user(), "back-populates-unknown");
      await vscode.commands.executeCommand("rells.fixWorkspace");
      await until("both are fixed", () => rules(user()).length + rules(order()).length === 0);
      await undoAll();
      await untilRules(order(), "back-populates-unknown");
    },
    "add missing side writes the other side": async () => {
      const editor = await show("models/order.go");
      const cursor = at(editor.document, "Lin|es   []Line");
      editor.selection = new vscode.Selection(cursor, cursor);
      await vscode.commands.executeCommand("rells.addMissingSide");
      await untilRules(order());
      await undoAll();
      await untilRules(order(), "back-populates-unknown");
    },
    "when a field is renamed, one action has the tags follow": async () => {
      const editor = await show("models/order.go");
      await replace(editor, "Buyer   *User", "Owner   *User");
      await until("the tag of the other side is wrong", () =>
        rules(user()).includes("back-populates-unknown"),
      );
      const place = at(editor.document, "Own|er   *User");
      const update = (await actions(order(), new vscode.Range(place, place))).find((a) =>
        a.title.startsWith("Update"),
      );
      assert.ok(update?.edit, "the update is not offered");
      await vscode.workspace.applyEdit(update.edit);
      await untilRules(user());
      assert.match((await vscode.workspace.openTextDocument(user())).getText(), /back_populates:Owner/);
      await undoAll();
      await untilRules(user());
    },
    "settings count while it runs, and come back": async () => {
      const settings = vscode.workspace.getConfiguration("rells");
      await settings.update("severity.back-populates-unknown", "off", vscode.ConfigurationTarget.Workspace);
      await untilRules(order());
      await settings.update(
        "severity.back-populates-unknown",
        undefined,
        vscode.ConfigurationTarget.Workspace,
      );
      await untilRules(order(), "back-populates-unknown");
    },
    "lenses can be switched off": async () => {
      const lenses = async () =>
        (
          await vscode.commands.executeCommand<vscode.CodeLens[]>(
            "vscode.executeCodeLensProvider",
            user(),
            50,
          )
        ).length;
      assert.ok((await lenses()) > 0);
      const settings = vscode.workspace.getConfiguration("rells");
      await settings.update("codeLens", false, vscode.ConfigurationTarget.Workspace);
      await until("no lens is left", async () => (await lenses()) === 0);
      await settings.update("codeLens", undefined, vscode.ConfigurationTarget.Workspace);
      await until("they are back", async () => (await lenses()) > 0);
    },
    "hints can be switched off": async () => {
      const hints = async () => {
        const { document } = await show("models/user.go");
        const all = new vscode.Range(0, 0, document.lineCount, 0);
        return vscode.commands.executeCommand<vscode.InlayHint[]>(
          "vscode.executeInlayHintProvider",
          user(),
          all,
        );
      };
      assert.match(JSON.stringify(await hints()), /"Order\.Buyer"/);
      const settings = vscode.workspace.getConfiguration("rells");
      await settings.update("inlayHints", false, vscode.ConfigurationTarget.Workspace);
      await until("no hint is left", async () => (await hints()).length === 0);
      await settings.update("inlayHints", undefined, vscode.ConfigurationTarget.Workspace);
      await until("they are back", async () => (await hints()).length > 0);
    },
    "the diagram shows the models, follows the cursor, and changes with them": async () => {
      const { diagram } = await api();
      await show("models/order.go");
      await vscode.commands.executeCommand("rells.showDiagram");
      assert.deepEqual(
        diagram.models.map((id) => id.slice(id.lastIndexOf(".") + 1)),
        ["Line", "Order", "Role", "User"],
      );
      const editor = await show("models/user.go");
      const cursor = at(editor.document, "type Ro|le");
      editor.selection = new vscode.Selection(cursor, cursor);
      await until("Role is revealed", () => diagram.revealed.endsWith(".Role"));
      await replace(editor, "type Role struct {\n\tgorm.Model", "type Duty struct {\n\tgorm.Model");
      await until("the new name is drawn", () => diagram.models.some((id) => id.endsWith(".Duty")));
      await undoAll();
      await until("the old name is drawn", () => diagram.models.some((id) => id.endsWith(".Role")));
    },
    "a rule is explained": async () => {
      await vscode.commands.executeCommand("rells.explainRule", "back-populates-unknown");
      const page = await vscode.workspace.openTextDocument(
        vscode.Uri.parse("rells-rule:/back-populates-unknown.md"),
      );
      assert.match(page.getText(), /^# back-populates-unknown: error/);
      assert.match(page.getText(), /^## Why it hurts$/m);
    },
    "a server that is killed is started again": async () => {
      const { server } = await api();
      const killed = server.pid;
      assert.ok(killed !== undefined);
      process.kill(killed, "SIGKILL");
      await until(
        "another runs",
        () => server.health === "running" && server.pid !== undefined && server.pid !== killed,
      );
      await untilRules(order(), "back-populates-unknown");
    },
    "the server is started anew on demand": async () => {
      const { server } = await api();
      const before = server.pid;
      await vscode.commands.executeCommand("rells.restart");
      assert.equal(server.health, "running");
      assert.notEqual(server.pid, before);
      await untilRules(order(), "back-populates-unknown");
    },
    "a program that is none or too old is named, and the right one comes back": async () => {
      const { server } = await api();
      const settings = vscode.workspace.getConfiguration("rells");
      const old = join(mkdtempSync(join(tmpdir(), "rells-old-")), "rells");
      writeFileSync(old, "#!/bin/sh\necho 'rells v0.0.1 go1.26 linux/amd64'\n", { mode: 0o755 });
      for (const [path, failure] of [
        ["/bin/true", "/bin/true is not rells"],
        [old, `${old} is rells v0.0.1; this extension needs 0.1.0 or newer`],
      ] as const) {
        await settings.update("path", path, vscode.ConfigurationTarget.Workspace);
        await until("the failure is told", () => server.failure === failure);
        assert.equal(server.health, "failed");
      }
      await settings.update("path", undefined, vscode.ConfigurationTarget.Workspace);
      await until("the server runs", () => server.health === "running");
      await untilRules(order(), "back-populates-unknown");
    },
  });
}
