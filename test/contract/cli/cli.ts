import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import type { Static, TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { packedProgram } from '../../support/programs.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';

const PROGRAM = packedProgram('crisol');

export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** A started `crisol`. */
export class Started {
  readonly ended: Promise<Ended>;
  stdout = '';
  stderr = '';
  private readonly child: ChildProcess;

  constructor(child: ChildProcess) {
    this.child = child;
    child.stdout?.setEncoding('utf8').on('data', (text) => (this.stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text) => (this.stderr += text));
    this.ended = new Promise((resolve) => {
      child.once('close', (code, signal) => {
        resolve({ code: code ?? (signal === 'SIGINT' ? 130 : 1), stdout: this.stdout, stderr: this.stderr });
      });
    });
  }

  interrupt(): void {
    this.child.kill('SIGINT');
  }
}

/** `crisol` in the folder of one test file; ends the daemon with it. */
export class Cli {
  readonly workspace: TempWorkspace;

  constructor(workspace = new TempWorkspace()) {
    this.workspace = workspace;
  }

  start(args: string[], { input = '', cwd = this.workspace.folder, env = {} } = {}): Started {
    const child = spawn(process.execPath, [PROGRAM, ...args], { cwd, env: { ...process.env, NO_COLOR: '1', ...env } });
    child.stdin.end(input);
    return new Started(child);
  }

  run(...args: string[]): Promise<Ended> {
    return this.start(args).ended;
  }

  /** Runs it with `--json`, and holds all that it printed against the schema. */
  async json<T extends TSchema>(schema: T, ...args: string[]): Promise<Static<T>> {
    const { code, stdout, stderr } = await this.run(...args, '--json');
    if (code !== 0) throw new Error(`crisol ${args.join(' ')} ended with ${code}: ${stderr}`);
    const document: unknown = JSON.parse(stdout);
    if (!Value.Check(schema, document)) {
      throw new Error(`crisol ${args.join(' ')}: ${JSON.stringify(Value.Errors(schema, document)[0])} in ${stdout}`);
    }
    return document;
  }

  async dispose(): Promise<void> {
    await this.run('down');
    this.workspace.dispose();
  }
}
