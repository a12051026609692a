// A workspace that nobody trusts, and that names a program of its own.
import * as assert from "node:assert/strict";
import { existsSync } from "node:fs";
import * as vscode from "vscode";
import { api, runCases, show, untilRules, uriOf } from "./case.ts";

export function run(): Promise<void> {
  return runCases({
    "the server that came with the extension runs, and not the one that the workspace names": async () => {
      assert.equal(vscode.workspace.isTrusted, false);
      await show("pet.go");
      const { server } = await api();
      assert.equal(server.health, "running");
      assert.equal(server.binary?.origin, "bundled");
      assert.equal(existsSync(uriOf("ran").fsPath), false);
    },
    "what is harmless counts": async () => {
      await untilRules(uriOf("pet.go"), "foreign-key-unknown");
      const [problem] = vscode.languages.getDiagnostics(uriOf("pet.go"));
      assert.equal(problem?.severity, vscode.DiagnosticSeverity.Warning);
    },
  });
}
