// An extension without a server of its own, on a machine that has none.
import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { api, runCases, show, until, untilRules, uriOf } from "./case.ts";

export function run(): Promise<void> {
  return runCases({
    "that there is no server is told, and nothing breaks": async () => {
      await show("models/order.go");
      const { server, status } = await api();
      assert.equal(server.health, "failed");
      assert.equal(server.failure, "the program rells was not found");
      await until("the status tells it", () => status.text === "$(error) rells");
    },
    "the setting names one, and it is started": async () => {
      const { server } = await api();
      const path = process.env["RELLS_PROGRAM"];
      assert.ok(path, "RELLS_PROGRAM is not set");
      await vscode.workspace
        .getConfiguration("rells")
        .update("path", path, vscode.ConfigurationTarget.Workspace);
      await until("the server runs", () => server.health === "running");
      assert.equal(server.binary?.origin, "rells.path");
      await untilRules(uriOf("models/order.go"), "back-populates-unknown");
    },
  });
}
