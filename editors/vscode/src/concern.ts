import type { TextDocument } from "vscode";
import { workspace } from "vscode";

/** The languages whose files rells reads. */
export const languages = ["go", "python"];

/** The files in which a project of Python says what it needs. */
const needs =
  "**/{pyproject.toml,setup.py,setup.cfg,Pipfile,requirements*.txt,requirements/*.txt,environment.yml}";
const installed = "**/{node_modules,site-packages,.venv,venv}/**";
const mostFiles = 100;

const library = /sqlalchemy|sqlmodel/i;

/** Whether a document is one for rells: of Python only where it speaks of SQLAlchemy. */
export function concerns(document: TextDocument): boolean {
  switch (document.languageId) {
    case "go":
      return true;
    case "python":
      return library.test(document.getText());
  }
  return false;
}

/**
 * Whether there is nothing for rells in the window as far as it shows: it is one of Python,
 * and nothing in it asks for SQLAlchemy.
 */
export async function isOtherPython(): Promise<boolean> {
  const documents = workspace.textDocuments;
  if (!documents.some((d) => d.languageId === "python") || documents.some(concerns)) {
    return false;
  }
  for (const uri of await workspace.findFiles(needs, installed, mostFiles)) {
    if (library.test(new TextDecoder().decode(await workspace.fs.readFile(uri)))) {
      return false;
    }
  }
  return (await workspace.findFiles("**/go.mod", installed, 1)).length === 0;
}
