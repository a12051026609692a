import { commands, env, tasks, Task, TaskScope, ShellExecution, Uri, window } from "vscode";
import type { Server } from "./server.ts";

const module = "github.com/rells-dev/rells/cmd/rells@latest";

/** Says why the server does not run, and offers what helps. */
export async function offerHelp(reason: string, missing: boolean, server: Server): Promise<void> {
  const install = "Build with go install";
  const output = "Show Output";
  const settings = "Open Settings";
  const retry = "Try Again";
  const choices = missing ? [install, settings, retry] : [output, settings, retry];
  const message = missing
    ? `rells: ${reason}. It can be built with “go install ${module}”, or named in the setting rells.path.`
    : `rells: ${reason}`;
  switch (await window.showErrorMessage(message, ...choices)) {
    case install:
      await goInstall(server);
      break;
    case output:
      server.output.show();
      break;
    case settings:
      await commands.executeCommand("workbench.action.openSettings", "rells.path");
      break;
    case retry:
      await server.restart();
      break;
  }
}

/** Builds rells in a terminal, where everybody sees what is run, and starts it. */
async function goInstall(server: Server): Promise<void> {
  const shell = new ShellExecution("go", ["install", module]);
  const task = new Task({ type: "rells" }, TaskScope.Workspace, "install", "rells", shell);
  const execution = await tasks.executeTask(task);
  const ended = tasks.onDidEndTaskProcess(async (event) => {
    if (event.execution !== execution) {
      return;
    }
    ended.dispose();
    if (event.exitCode === 0) {
      await server.restart();
    } else {
      const link = "How to install Go";
      if (
        (await window.showErrorMessage("rells: go install failed; its terminal says why.", link)) === link
      ) {
        await env.openExternal(Uri.parse("https://go.dev/doc/install"));
      }
    }
  });
}
