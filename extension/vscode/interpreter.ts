import * as vscode from 'vscode';
import type { Api } from '../daemon/api.ts';
import type { DaemonLink } from '../daemon/link.ts';

const PYTHON = 'ms-python.python';

/** What we use of the Python extension's own interface. */
interface Environments {
  getActiveEnvironmentPath(resource?: vscode.Uri): { id: string; path: string };
  resolveEnvironment(environment: {
    id: string;
    path: string;
  }): Promise<{ executable: { uri?: vscode.Uri } } | undefined>;
  onDidChangeActiveEnvironmentPath: vscode.Event<unknown>;
}

interface InterpreterOptions {
  link: DaemonLink;
  api: Pick<Api, 'choosePython'>;
  /** the folder that the daemon serves */
  folder: () => vscode.Uri | undefined;
  log: vscode.LogOutputChannel;
}

/** Steps run with the Python that is selected here: the daemon is told at first, and whenever that changes. */
export function tellInterpreter(options: InterpreterOptions): vscode.Disposable {
  const telling = new Telling(options);
  return vscode.Disposable.from(
    telling,
    options.link.onState(() => telling.tell()),
    // it may be installed later
    vscode.extensions.onDidChange(() => telling.tell()),
  );
}

class Telling {
  private readonly options: InterpreterOptions;
  private listening: vscode.Disposable | undefined;
  private rounds = 0;

  constructor(options: InterpreterOptions) {
    this.options = options;
  }

  tell(): void {
    if (this.options.link.state.kind !== 'connected') return;
    this.tellNow().catch((failure: unknown) => {
      this.options.log.warn(`The selected Python could not be told to the daemon: ${String(failure)}`);
    });
  }

  dispose(): void {
    this.listening?.dispose();
  }

  /** Where there is no Python extension nothing is selected, and what was told last stays. */
  private async tellNow(): Promise<void> {
    const round = ++this.rounds;
    const environments = await environmentsOfPython();
    if (!environments) return;
    this.listening ??= environments.onDidChangeActiveEnvironmentPath(() => this.tell());
    const { api, folder } = this.options;
    const found = await environments.resolveEnvironment(environments.getActiveEnvironmentPath(folder()));
    // something else was selected meanwhile
    if (round !== this.rounds) return;
    await api.choosePython({ path: found?.executable.uri?.fsPath ?? null });
  }
}

async function environmentsOfPython(): Promise<Environments | undefined> {
  const python = vscode.extensions.getExtension<{ environments?: Environments }>(PYTHON);
  return python && (await python.activate()).environments;
}
