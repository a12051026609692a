// What somebody who edits models of SQLAlchemy does.
import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
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

const line = () => uriOf("shop/line.py");
const order = () => uriOf("shop/order.py");
const user = () => uriOf("shop/user.py");

export function run(): Promise<void> {
  return runCases({
    "a Python file activates the extension, and the server runs": async () => {
      await show("shop/order.py");
      const { server, status } = await api();
      assert.equal(server.health, "running");
      await until("the status tells the problem", () => status.text.includes("rells 1"));
      await untilRules(order(), "back-populates-unknown");
    },
    "names are completed in texts, half-typed ones too": async () => {
      await offers('back_populates="|"', ["shop/order.py", 'populates="orders"', 'populates=""'], "orders");
      await offers(
        'relationship("|"',
        ["shop/order.py", 'relationship("User"', 'relationship(""'],
        "User",
        "Line",
      );
      await offers('ForeignKey("|', ["shop/order.py", 'ForeignKey("user.id"))', 'ForeignKey("'], "user.id");
      await offers('ForeignKey("user.|"', ["shop/order.py", '"user.id"', '"user."'], "id", "name");
      await offers(
        'foreign_keys="[Order.|]"',
        ["shop/user.py", 'back_populates="buyer"', 'foreign_keys="[Order.]"'],
        "buyer_id",
      );
    },
    "a name in a text leads to what it names": async () => {
      const { document } = await show("shop/order.py");
      for (const [text, file, target] of [
        ['populates="o|rders"', user(), "orders:"],
        ['"u|ser.id"', user(), '"user"'],
        ['relationship("U|ser"', user(), "User(Base)"],
      ] as const) {
        const found = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
          "vscode.executeDefinitionProvider",
          order(),
          at(document, text),
        );
        const places = found.map((l) =>
          "targetUri" in l
            ? { uri: l.targetUri, range: l.targetSelectionRange ?? l.targetRange }
            : { uri: l.uri, range: l.range },
        );
        assert.equal(places.length, 1, text);
        assert.equal(places[0]?.uri.path, file.path);
        const there = await vscode.workspace.openTextDocument(file);
        const { line: row } = there.positionAt(there.getText().indexOf(target));
        assert.equal(places[0].range.start.line, row, text);
      }
    },
    "go to inverse leads to the other side": async () => {
      const editor = await show("shop/order.py");
      const cursor = at(editor.document, "buy|er: ");
      editor.selection = new vscode.Selection(cursor, cursor);
      await vscode.commands.executeCommand("rells.goToInverse");
      await until(
        "the other file is shown",
        () => vscode.window.activeTextEditor?.document.uri.path === user().path,
      );
    },
    "a quick fix changes the other file, and is undone": async () => {
      await show("shop/order.py");
      const before = readFileSync(line().fsPath, "utf8");
      const [problem] = vscode.languages.getDiagnostics(order()).filter((d) => d.source === "rells");
      assert.ok(problem);
      const fix = (await actions(order(), problem.range, "quickfix")).find(
        (a) => a.title === "Add Line.order",
      );
      assert.ok(fix?.edit, "the fix is not offered");
      assert.equal(await vscode.workspace.applyEdit(fix.edit), true);
      const changed = await vscode.workspace.openTextDocument(line());
      for (const text of [
        "from typing import TYPE_CHECKING\n",
        "from sqlalchemy.orm import Mapped, mapped_column, relationship\n",
        "if TYPE_CHECKING:\n    from .order import Order\n",
        '    order: Mapped["Order"] = relationship(back_populates="lines")\n',
      ]) {
        assert.ok(changed.getText().includes(text), `${text} is not in\n${changed.getText()}`);
      }
      assert.equal(readFileSync(line().fsPath, "utf8"), before);
      await untilRules(order());
      await vscode.window.showTextDocument(changed);
      await vscode.commands.executeCommand("undo");
      assert.equal(changed.getText(), before);
      await untilRules(order(), "back-populates-unknown");
    },
    "a table is renamed wherever it is named": async () => {
      const { document } = await show("shop/user.py");
      const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
        "vscode.executeDocumentRenameProvider",
        user(),
        at(document, '"us|er"'),
        "people",
      );
      assert.equal(await vscode.workspace.applyEdit(edit), true);
      assert.ok(document.getText().includes('__tablename__ = "people"'));
      assert.ok(
        (await vscode.workspace.openTextDocument(order())).getText().includes('ForeignKey("people.id")'),
      );
      await undoAll();
    },
    "when an attribute is renamed, one action has the texts follow": async () => {
      const editor = await show("shop/order.py");
      await replace(editor, "buyer: Mapped", "owner: Mapped");
      await until("the text of the other side is wrong", () =>
        rules(user()).includes("back-populates-unknown"),
      );
      const place = at(editor.document, "own|er: Mapped");
      const update = (await actions(order(), new vscode.Range(place, place))).find((a) =>
        a.title.startsWith("Update the text"),
      );
      assert.ok(update?.edit, "the update is not offered");
      await vscode.workspace.applyEdit(update.edit);
      await untilRules(user());
      await undoAll();
      await untilRules(order(), "back-populates-unknown");
    },
    "lenses and hints name the inverse": async () => {
      const { document } = await show("shop/user.py");
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        "vscode.executeCodeLensProvider",
        user(),
        50,
      );
      assert.deepEqual(
        lenses.map((l) => l.command?.title),
        ["inverse Order.buyer"],
      );
      const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>(
        "vscode.executeInlayHintProvider",
        user(),
        new vscode.Range(0, 0, document.lineCount, 0),
      );
      assert.match(JSON.stringify(hints), /"Order\.buyer"/);
    },
    "the diagram shows the models": async () => {
      const { diagram } = await api();
      await show("shop/order.py");
      await vscode.commands.executeCommand("rells.showDiagram");
      assert.deepEqual(
        diagram.models.map((id) => id.slice(id.lastIndexOf(".") + 1)),
        ["Line", "Order", "User"],
      );
      const editor = await show("shop/user.py");
      const cursor = at(editor.document, "class Us|er");
      editor.selection = new vscode.Selection(cursor, cursor);
      await until("User is revealed", () => diagram.revealed.endsWith(".User"));
    },
  });
}
