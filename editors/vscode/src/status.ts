import type { Disposable } from "vscode";
import { StatusBarAlignment, ThemeColor, window } from "vscode";
import type { Summary } from "./protocol.ts";
import type { Server } from "./server.ts";

/** The item in the status bar: what there is, or why there is nothing. */
export class Status implements Disposable {
  readonly #item = window.createStatusBarItem("rells", StatusBarAlignment.Right, 90);
  readonly #server: Server;
  readonly #listening: Disposable[];

  constructor(server: Server) {
    this.#server = server;
    this.#item.name = "rells";
    this.#item.command = "rells.showInformation";
    this.#listening = [
      server.onHealth(() => void this.update()),
      server.onChanged((changed) => {
        if (changed.summary) {
          void this.update();
        }
      }),
    ];
    void this.update();
  }

  /** What the item says; for tests. */
  get text(): string {
    return this.#item.text;
  }

  async update(): Promise<void> {
    this.#item.backgroundColor = undefined;
    switch (this.#server.health) {
      case "starting":
        this.#say("$(sync~spin) rells", "rells is reading the models");
        break;
      case "failed":
        this.#item.backgroundColor = new ThemeColor("statusBarItem.errorBackground");
        this.#say("$(error) rells", this.#server.failure);
        break;
      case "stopped":
        this.#say("$(circle-slash) rells", "the rells server is not running");
        break;
      case "running":
        this.#say("$(sync~spin) rells", "rells is reading the models");
        await this.#count();
    }
  }

  dispose(): void {
    this.#listening.forEach((d) => void d.dispose());
    this.#item.dispose();
  }

  /** Counts what there is; the answer comes when the workspace is read. */
  async #count(): Promise<void> {
    let counts: Summary;
    try {
      counts = await this.#server.summary();
    } catch {
      return; // the server has ended meanwhile, and says so itself
    }
    if (counts.models === 0) {
      this.#item.hide(); // nobody here has models
      return;
    }
    const problems = counts.errors + counts.warnings;
    const icon = counts.errors > 0 ? "$(error)" : counts.warnings > 0 ? "$(warning)" : "$(type-hierarchy)";
    this.#say(
      problems > 0 ? `${icon} rells ${problems}` : `${icon} rells`,
      `${counts.models} models, ${counts.relations} relations, ${counts.errors} errors, ${counts.warnings} warnings, ${counts.hints} hints`,
    );
  }

  #say(text: string, tooltip: string): void {
    this.#item.text = text;
    this.#item.tooltip = tooltip;
    this.#item.show();
  }
}
