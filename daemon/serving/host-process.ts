import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import type { Signature } from '../../schemas/model.ts';
import type { Clock } from '../base/clock.ts';
import { programPath } from '../base/programs.ts';
import { hostEnvironment } from './host-environment.ts';
import type {
  DaemonToHost,
  HostConfig,
  HostStats,
  HostToDaemon,
  ModelLocation,
  ReportedPrediction,
} from './protocol.ts';
import { TOKEN_VARIABLE } from './protocol.ts';

const START_LIMIT_MS = 60_000;
const END_LIMIT_MS = 3_000;
const STDERR_KEPT = 2_000;

export interface HostListeners {
  onStats(stats: HostStats): void;
  onPredictions(predictions: ReportedPrediction[], dropped: number): void;
  /** it ended and nobody had asked for it */
  onDied(reason: string): void;
}

interface Loading {
  resolve(signature: Signature): void;
  reject(reason: Error): void;
}

/** A serving host as the daemon sees it. */
export class HostProcess {
  /** settles once it answers requests; rejects with the reason why it never will */
  readonly ready: Promise<{ port: number; signature: Signature }>;
  private readonly child: ChildProcess;
  private readonly exited: Promise<void>;
  private readonly listeners: HostListeners;
  private readonly clock: Clock;
  private readonly loading: Loading[] = [];
  private stderr = '';
  private failure: string | undefined;
  private ending = false;

  constructor(config: HostConfig, token: string, clock: Clock, listeners: HostListeners) {
    this.listeners = listeners;
    this.clock = clock;
    this.child = fork(programPath('serving-host'), [JSON.stringify(config)], {
      env: { ...hostEnvironment(process.env), [TOKEN_VARIABLE]: token },
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr = (this.stderr + text).slice(-STDERR_KEPT);
    });
    this.exited = new Promise((resolve) => {
      this.child.once('close', resolve);
      // only a child that never came to life has no exit
      this.child.once('error', (error) => {
        this.failure = error.message;
        if (this.child.pid === undefined) resolve();
      });
    });
    this.ready = this.waitForReady();
    this.child.on('message', (message: HostToDaemon) => this.take(message));
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** Serves another model on the same port; no request fails meanwhile. Rejects when the one before is still served. */
  load(location: ModelLocation): Promise<Signature> {
    return new Promise((resolve, reject) => {
      // answers come in the order of the requests
      this.loading.push({ resolve, reject });
      const message: DaemonToHost = { type: 'load', location };
      this.child.send(message, (error) => error && reject(error));
    });
  }

  async end(): Promise<void> {
    this.ending = true;
    this.child.kill('SIGTERM');
    const cancel = this.clock.after(END_LIMIT_MS, () => this.child.kill('SIGKILL'));
    await this.exited;
    cancel();
  }

  private waitForReady(): Promise<{ port: number; signature: Signature }> {
    return new Promise((resolve, reject) => {
      const cancel = this.clock.after(START_LIMIT_MS, () => {
        this.failure = `The model was not loaded within ${START_LIMIT_MS / 1000} seconds.`;
        this.child.kill('SIGKILL');
      });
      let isReady = false;
      this.child.on('message', (message: HostToDaemon) => {
        if (message.type !== 'ready') return;
        isReady = true;
        cancel();
        resolve(message);
      });
      void this.exited.then(() => {
        cancel();
        const reason = this.reasonOfEnd();
        for (const { reject: refuse } of this.loading.splice(0)) refuse(new Error(reason));
        if (isReady && !this.ending) this.listeners.onDied(reason);
        reject(new Error(reason));
      });
    });
  }

  private take(message: HostToDaemon): void {
    switch (message.type) {
      case 'failed':
        this.failure = message.reason;
        break;
      case 'loaded':
        this.loading.shift()?.resolve(message.signature);
        break;
      case 'load-failed':
        this.loading.shift()?.reject(new Error(message.reason));
        break;
      case 'stats':
        this.listeners.onStats(message.stats);
        break;
      case 'predictions':
        this.listeners.onPredictions(message.predictions, message.dropped);
        break;
    }
  }

  private reasonOfEnd(): string {
    const { signalCode, exitCode } = this.child;
    if (this.failure !== undefined) return this.failure;
    const last = this.stderr.trim().split('\n').at(-1) ?? '';
    const how = signalCode ? `was ended by ${signalCode}` : `ended with code ${exitCode}`;
    return `The serving host ${how}.${last && ` Its last words: ${last}`}`;
  }
}
