// A window of Python in which nothing is for rells, until something is.
import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { api, replace, runCases, show, until, untilRules } from "./case.ts";

export function run(): Promise<void> {
  return runCases({
    "Python without SQLAlchemy starts no server": async () => {
      await show("tool.py");
      const { server } = await api();
      assert.equal(server.health, "stopped");
      assert.equal(server.pid, undefined);
    },
    "it starts with the first file that speaks of SQLAlchemy": async () => {
      const editor = await show("tool.py");
      await replace(
        editor,
        "print(len(sys.argv))\n",
        `from sqlalchemy.orm import declarative_base, relationship
from sqlalchemy import Column, Integer

Base = declarative_base()


class Tool(Base):
    __tablename__ = "tool"
    id = Column(Integer, primary_key=True)
    parts = relationship("Tol")
`,
      );
      assert.equal((await api()).server.health, "stopped");
      await vscode.commands.executeCommand("workbench.action.files.save");
      const { server } = await api();
      await until("the server runs", () => server.health === "running");
      await untilRules(editor.document.uri, "target-unknown");
    },
  });
}
