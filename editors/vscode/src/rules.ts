import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { TextDocumentContentProvider, Uri } from "vscode";
import type { Server } from "./server.ts";

const run = promisify(execFile);

/** The pages about rules, as the server's own program has them. */
export class RulePages implements TextDocumentContentProvider {
  readonly #server: Server;

  constructor(server: Server) {
    this.#server = server;
  }

  async provideTextDocumentContent(uri: Uri): Promise<string> {
    const name = /^\/([a-z-]+)\.md$/.exec(uri.path)?.[1];
    if (name === undefined || !this.#server.binary) {
      return "There is no such rule.";
    }
    try {
      const { stdout } = await run(this.#server.binary.path, ["rules", name]);
      return toMarkdown(stdout);
    } catch (error) {
      return String((error as { stderr?: string }).stderr ?? error);
    }
  }
}

const headings = new Set(["What it means", "Why it hurts", "Example", "How to silence it"]);

/** The page as a terminal shows it, with its headings as Markdown has them. */
export function toMarkdown(page: string): string {
  const [first = "", ...rest] = page.split("\n");
  return [`# ${first}`, ...rest.map((line) => (headings.has(line) ? `## ${line}` : line))].join("\n");
}
