import { homedir } from "node:os";
import type { Disposable, ExtensionContext } from "vscode";
import { EventEmitter, window, workspace } from "vscode";
import type { LanguageClientOptions } from "vscode-languageclient/node";
import {
  CloseAction,
  CodeLensRequest,
  ErrorAction,
  InlayHintRequest,
  LanguageClient,
  State,
} from "vscode-languageclient/node";
import { Backoff } from "./backoff.ts";
import type { Binary } from "./binary.ts";
import { BinaryError, checkVersion, findBinary, goBinaries } from "./binary.ts";
import { languages } from "./concern.ts";
import type { Changed, GraphParams, GraphResult, Summary } from "./protocol.ts";
import { offerHelp } from "./problems.ts";
import { madeSettings } from "./settings.ts";

export type Health = "stopped" | "starting" | "running" | "failed";

/** The server of this window: found, started, and started again when it ends. */
export class Server implements Disposable {
  readonly output = window.createOutputChannel("rells", { log: true });
  readonly #trace = window.createOutputChannel("rells trace", { log: true });
  readonly #context: ExtensionContext;
  readonly #healthChanged = new EventEmitter<Health>();
  readonly #changed = new EventEmitter<Changed>();
  readonly #backoff = new Backoff();
  #client: LanguageClient | undefined;
  #health: Health = "stopped";
  #waiting: NodeJS.Timeout | undefined;
  #turn: Promise<void> = Promise.resolve();

  binary: Binary | undefined;
  version = "";
  failure = "";

  /** Fires when the server starts, runs, ends or fails. */
  readonly onHealth = this.#healthChanged.event;
  /** Fires when what was asked for would be answered differently. */
  readonly onChanged = this.#changed.event;

  constructor(context: ExtensionContext) {
    this.#context = context;
  }

  get health(): Health {
    return this.#health;
  }

  get pid(): number | undefined {
    const client = this.#client as { _serverProcess?: { pid?: number } } | undefined;
    return client?._serverProcess?.pid;
  }

  /** Starts the server anew, whatever it is doing. */
  restart(): Promise<void> {
    this.#backoff.reset();
    return this.#queue(() => this.#start());
  }

  stop(): Promise<void> {
    return this.#queue(() => this.#end());
  }

  graph(params: GraphParams): Promise<GraphResult> {
    return this.#running().sendRequest("rells/graph", params);
  }

  summary(): Promise<Summary> {
    return this.#running().sendRequest("rells/summary", {});
  }

  /** Asks the editor to show lenses and hints as the settings have them now. */
  refresh(): void {
    for (const document of workspace.textDocuments.filter((d) => languages.includes(d.languageId))) {
      this.#client
        ?.getFeature(CodeLensRequest.method)
        .getProvider(document)
        ?.onDidChangeCodeLensEmitter.fire();
      const hints = this.#client?.getFeature(InlayHintRequest.method).getProvider(document);
      hints?.onDidChangeInlayHints.fire();
    }
  }

  dispose(): void {
    clearTimeout(this.#waiting);
    this.#healthChanged.dispose();
    this.#changed.dispose();
    this.output.dispose();
    this.#trace.dispose();
  }

  #running(): LanguageClient {
    if (!this.#client || this.#health !== "running") {
      throw new Error("the rells server is not running");
    }
    return this.#client;
  }

  /** Starts and stops one after the other. */
  #queue(work: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.then(work, work);
    return this.#turn;
  }

  #become(health: Health, failure = ""): void {
    this.#health = health;
    this.failure = failure;
    this.#healthChanged.fire(health);
  }

  async #start(): Promise<void> {
    await this.#end();
    this.#become("starting");
    try {
      this.binary = await findBinary({
        setting: workspace.getConfiguration("rells").get("path", "").trim(),
        extension: this.#context.extensionPath,
        searched: process.env["PATH"] ?? "",
        built: goBinaries(process.env, homedir()),
        platform: process.platform,
      });
      this.version = await checkVersion(this.binary.path);
      this.output.info(`starting ${this.binary.path} (${this.binary.origin}), ${this.version}`);
      const client = this.#newClient(this.binary);
      this.#client = client;
      client.onNotification("rells/changed", (changed: Changed) => {
        this.#changed.fire(changed);
      });
      await client.start();
      this.#become("running");
    } catch (error) {
      this.#failed(error);
    }
  }

  #newClient(binary: Binary): LanguageClient {
    const on = (name: string, document: { uri: unknown }) =>
      workspace.getConfiguration("rells", document as never).get(name, true);
    const options: LanguageClientOptions = {
      documentSelector: [
        ...languages.map((language) => ({ scheme: "file", language })),
        { scheme: "file", pattern: "**/rells.toml" },
      ],
      outputChannel: this.output,
      traceOutputChannel: this.#trace,
      progressOnInitialization: false,
      initializationFailedHandler: () => false,
      initializationOptions: madeSettings(undefined),
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => {
          this.#ended();
          return { action: CloseAction.DoNotRestart, handled: true };
        },
      },
      middleware: {
        workspace: {
          configuration: (params) =>
            params.items.map((item) =>
              item.section === "rells"
                ? madeSettings(
                    item.scopeUri ? this.#client?.protocol2CodeConverter.asUri(item.scopeUri) : undefined,
                  )
                : null,
            ),
        },
        provideCodeLenses: (document, token, next) => (on("codeLens", document) ? next(document, token) : []),
        provideInlayHints: (document, range, token, next) =>
          on("inlayHints", document) ? next(document, range, token) : [],
      },
    };
    const run = { command: binary.path, args: ["serve"] };
    return new LanguageClient("rells", "rells", { run, debug: run }, options);
  }

  /** The server has ended by itself. */
  #ended(): void {
    const delay = this.#backoff.next(Date.now());
    if (delay === undefined) {
      this.#failed(new Error("the server ended five times within three minutes"));
      return;
    }
    this.output.warn(`the server has ended; it is started again in ${delay} ms`);
    this.#become("stopped");
    this.#waiting = setTimeout(() => {
      void this.#queue(() => this.#start());
    }, delay);
  }

  #failed(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.output.error(reason);
    this.#become("failed", reason);
    void offerHelp(reason, error instanceof BinaryError && error.missing, this);
  }

  async #end(): Promise<void> {
    clearTimeout(this.#waiting);
    const client = this.#client;
    this.#client = undefined;
    if (client && client.state !== State.Stopped) {
      await client.dispose(2000).catch((error: unknown) => {
        this.output.warn(String(error));
      });
    }
    this.#become("stopped");
  }
}
