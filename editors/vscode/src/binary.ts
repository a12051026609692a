import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { delimiter, isAbsolute, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The oldest server that the extension can work with. */
export const oldest = "0.1.0";

/** A program that was found, and where. */
export interface Binary {
  path: string;
  origin: "rells.path" | "bundled" | "PATH" | "go install";
}

/** Where to look. */
export interface Surroundings {
  setting: string; // what rells.path says, "" for nothing
  extension: string; // folder of the extension
  searched: string; // the PATH of the environment
  built: string[]; // the folders that go install puts programs into
  platform: NodeJS.Platform;
}

/** A reason why the server cannot be started, that people can do something about. */
export class BinaryError extends Error {
  readonly missing: boolean;
  constructor(message: string, missing: boolean) {
    super(message);
    this.missing = missing;
  }
}

/**
 * Finds the server: what the settings name, for who sets it means it, else the one that came
 * with the extension, else the first on the path, else what go install has built: its folder
 * is on few people's path.
 */
export async function findBinary(surroundings: Surroundings): Promise<Binary> {
  const { setting, extension, searched, built, platform } = surroundings;
  const name = platform === "win32" ? "rells.exe" : "rells";
  if (setting) {
    const found = isAbsolute(setting) ? await executable(setting) : await onPath(searched, setting, platform);
    if (!found) {
      throw new BinaryError(`rells.path names ${setting}, which is no program that can be run`, false);
    }
    return { path: found, origin: "rells.path" };
  }
  const bundled = await executable(join(extension, "bin", name));
  if (bundled) {
    return { path: bundled, origin: "bundled" };
  }
  const found = await onPath(searched, name, platform);
  if (found) {
    return { path: found, origin: "PATH" };
  }
  const made = await onPath(built.join(delimiter), name, platform);
  if (made) {
    return { path: made, origin: "go install" };
  }
  throw new BinaryError("the program rells was not found", true);
}

/** The folders that go install puts programs into, as far as the environment tells. */
export function goBinaries(environment: NodeJS.ProcessEnv, home: string): string[] {
  const { GOBIN, GOPATH } = environment;
  const paths = GOPATH ? GOPATH.split(delimiter) : [join(home, "go")];
  return [...(GOBIN ? [GOBIN] : []), ...paths.map((path) => join(path, "bin"))];
}

async function onPath(
  searched: string,
  name: string,
  platform: NodeJS.Platform,
): Promise<string | undefined> {
  const file = platform === "win32" && !name.endsWith(".exe") ? `${name}.exe` : name;
  for (const folder of searched.split(delimiter)) {
    const found = folder && isAbsolute(folder) ? await executable(join(folder, file)) : undefined;
    if (found) {
      return found;
    }
  }
  return undefined;
}

async function executable(path: string): Promise<string | undefined> {
  try {
    await access(path, constants.X_OK);
    return path;
  } catch {
    return undefined;
  }
}

/** The version that a program says it has; throws where it is none that fits. */
export async function checkVersion(path: string): Promise<string> {
  let output: string;
  try {
    ({ stdout: output } = await run(path, ["version"], { timeout: 10_000 }));
  } catch (error) {
    throw new BinaryError(
      `${path} cannot be run: ${error instanceof Error ? error.message.trim() : String(error)}`,
      false,
    );
  }
  const version = /^rells (\S+)/.exec(output)?.[1];
  if (version === undefined) {
    throw new BinaryError(`${path} is not rells`, false);
  }
  if (tooOld(version)) {
    throw new BinaryError(`${path} is rells ${version}; this extension needs ${oldest} or newer`, false);
  }
  return version;
}

/** Whether a version is older than the oldest. A build without a release has none that counts. */
export function tooOld(version: string): boolean {
  const numbers = /^v(\d+)\.(\d+)\.(\d+)(?!.*-0\.)/.exec(version);
  if (!numbers || version.startsWith("v0.0.0-")) {
    return false;
  }
  const needed = oldest.split(".").map(Number);
  for (const [i, least] of needed.entries()) {
    const has = Number(numbers[i + 1]);
    if (has !== least) {
      return has < least;
    }
  }
  return false;
}
