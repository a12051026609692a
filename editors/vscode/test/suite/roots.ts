// A workspace of two folders, of which each has settings of its own.
import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { api, runCases, show, untilRules, uriOf } from "./case.ts";

export function run(): Promise<void> {
  return runCases({
    "one server reads both folders": async () => {
      await show("models/order.go");
      assert.equal((await api()).server.health, "running");
      await untilRules(uriOf("models/order.go"), "back-populates-unknown");
      await untilRules(uriOf("pet.go", 1), "foreign-key-unknown");
    },
    "a setting of one folder is of no matter to the other": async () => {
      const settings = vscode.workspace.getConfiguration("rells", uriOf("pet.go", 1));
      await settings.update(
        "severity.foreign-key-unknown",
        "off",
        vscode.ConfigurationTarget.WorkspaceFolder,
      );
      await untilRules(uriOf("pet.go", 1));
      await untilRules(uriOf("models/order.go"), "back-populates-unknown");
    },
  });
}
