import type { ConfigurationScope, WorkspaceConfiguration } from "vscode";
import { workspace } from "vscode";

/** What the extension heeds itself, and the server need not know. */
const own = new Set(["path", "codeLens", "inlayHints", "trace"]);

/** A section of settings: names, of which some are sections again. */
export interface Section {
  [name: string]: unknown;
}

/**
 * The settings that somebody has made. The server lets an editor override rells.toml, so it
 * is not to hear of defaults.
 */
export function madeSettings(scope: ConfigurationScope | undefined): Section {
  const configuration = workspace.getConfiguration("rells", scope);
  return pick(configuration, declaredNames(configuration, ""));
}

function pick(configuration: WorkspaceConfiguration, names: readonly string[]): Section {
  const made: Section = {};
  for (const name of names) {
    const found = configuration.inspect(name);
    const value = found?.workspaceFolderValue ?? found?.workspaceValue ?? found?.globalValue;
    if (value !== undefined) {
      put(made, name.split("."), value);
    }
  }
  return made;
}

/** The full names of what is declared below a section. */
function declaredNames(section: object, prefix: string): string[] {
  return Object.entries(section).flatMap(([name, value]: [string, unknown]) => {
    if (typeof value === "function" || (prefix === "" && own.has(name))) {
      return [];
    }
    const isSection = typeof value === "object" && value !== null && !Array.isArray(value);
    return isSection ? declaredNames(value, `${prefix}${name}.`) : [`${prefix}${name}`];
  });
}

/** Puts a value where its name says. */
export function put(into: Section, [first, ...rest]: readonly string[], value: unknown): void {
  if (first === undefined) {
    return;
  }
  if (rest.length === 0) {
    into[first] = value;
    return;
  }
  const inner = (into[first] ?? {}) as Section;
  into[first] = inner;
  put(inner, rest, value);
}
