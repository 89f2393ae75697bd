import type { Signature } from '../../schemas/model.ts';
import { parseModelRef } from '../../schemas/model-ref.ts';
import type { Endpoint, EndpointDetail, EndpointState } from '../../schemas/wire/serving.ts';
import type { Clock } from '../base/clock.ts';
import { CrisolError, messageOf } from '../base/errors.ts';
import type { Logger } from '../base/logger.ts';
import { HostProcess } from './host-process.ts';
import type { EndpointMemory, ResolveModel, VerifyModel } from './ports.ts';
import type { HostStats, ModelLocation, ReportedPrediction } from './protocol.ts';

const HOST = '127.0.0.1';
const NO_STATS: HostStats = { requests: 0, errors: 0, p50_ms: null, p99_ms: null };

export interface EndpointDeps {
  resolve: ResolveModel;
  verify: VerifyModel;
  memory: EndpointMemory;
  clock: Clock;
  logger: Logger;
  newToken(): string;
  onChange(endpoint: Endpoint): void;
  onPredictions(predictions: ReportedPrediction[], dropped: number): void;
}

/** One endpoint: stopped → starting → ready | failed. What is asked of it happens one after the other. */
export class RunningEndpoint {
  readonly name: string;
  /** what it serves or is to serve */
  modelRef: string;
  private state: EndpointState = 'stopped';
  /** a person wants it to run, whether it does or not */
  private wanted = false;
  private disposed = false;
  private host: HostProcess | undefined;
  private location: ModelLocation | null = null;
  private signature: Signature | null = null;
  private port: number;
  private readonly token: string;
  private startedAt: number | null = null;
  private stats = NO_STATS;
  private problem: string | null = null;
  private work: Promise<unknown> = Promise.resolve();
  private readonly deps: EndpointDeps;

  constructor(name: string, modelRef: string, deps: EndpointDeps) {
    const remembered = deps.memory.all().find((endpoint) => endpoint.name === name);
    this.name = name;
    this.modelRef = modelRef;
    this.port = remembered?.port ?? 0;
    this.token = remembered?.token ?? deps.newToken();
    this.deps = deps;
  }

  get active(): boolean {
    return this.state === 'starting' || this.state === 'ready';
  }

  start(modelRef: string): Promise<void> {
    this.wanted = true;
    return this.inTurn(async () => {
      this.modelRef = modelRef;
      if (this.state === 'ready') await this.follow();
      else await this.launch();
    });
  }

  stop(): Promise<void> {
    this.wanted = false;
    // a start under way is given up, not waited for
    if (this.state === 'starting') void this.host?.end();
    return this.inTurn(async () => {
      await this.endHost();
      this.change({ state: 'stopped', problem: null });
      await this.remember();
    });
  }

  /** The registry changed: what the reference means may be another version now. */
  modelChanged(): Promise<void> {
    return this.inTurn(async () => {
      if (!this.wanted || this.disposed) return;
      try {
        if (this.state === 'ready') await this.follow();
        else await this.launch();
      } catch (thrown) {
        this.deps.logger.warn({ endpoint: this.name, err: thrown }, 'the endpoint could not follow its model');
      }
    });
  }

  /** Ends the host and still remembers that it ran. */
  async dispose(): Promise<void> {
    this.disposed = true;
    await this.host?.end();
    await this.work;
    await this.host?.end();
  }

  refersTo(model: string): boolean {
    return this.location?.model === model || [this.modelRef, parseModelRef(this.modelRef).name].includes(model);
  }

  snapshot(): Endpoint {
    return {
      name: this.name,
      model_ref: this.modelRef,
      state: this.state,
      model: this.location?.model ?? null,
      version: this.location?.version ?? null,
      url: this.state === 'ready' ? `http://${HOST}:${this.port}` : null,
      started_at: this.startedAt,
      ...this.stats,
      problem: this.problem,
    };
  }

  detail(): EndpointDetail {
    return { ...this.snapshot(), token: this.state === 'ready' ? this.token : null, signature: this.signature };
  }

  private async launch(): Promise<void> {
    this.stats = NO_STATS;
    this.change({ state: 'starting', problem: null });
    try {
      const location = await this.resolve();
      await this.deps.verify(location);
      if (this.disposed) throw new CrisolError('TEMPORARILY_UNAVAILABLE', 'The daemon is ending.');
      const host = this.openHost(location, this.port);
      this.host = host;
      const { port, signature } = await host.ready;
      Object.assign(this, { port, signature, location });
    } catch (thrown) {
      throw this.failed(thrown);
    }
    this.startedAt = this.deps.clock.now();
    this.change({ state: 'ready', problem: null });
    await this.remember();
  }

  /** Serves what the reference means now, without a gap. Fails with the version before still served. */
  private async follow(): Promise<void> {
    try {
      const location = await this.resolve();
      const { folder, version, model } = location;
      const same =
        this.location?.folder === folder && this.location.version === version && this.location.model === model;
      if (!same) {
        await this.deps.verify(location);
        await this.tryOut(location);
        this.signature = (await this.host?.load(location)) ?? null;
        this.location = location;
      }
      this.change({ problem: null });
      await this.remember();
    } catch (thrown) {
      const error = asStartFailure(thrown);
      const served = this.location ? ` Version ${this.location.version} is still served.` : '';
      if (this.state === 'ready') this.change({ problem: `${error.message}${served}` });
      throw error;
    }
  }

  /** A damaged model can end its process: let that be another one than the one that serves. */
  private async tryOut(location: ModelLocation): Promise<void> {
    const trial = this.openHost(location, 0, true);
    try {
      await trial.ready;
    } finally {
      await trial.end();
    }
  }

  private openHost(location: ModelLocation, port: number, trial = false): HostProcess {
    const config = { ...location, endpoint: this.name, host: HOST, port, any_port_if_taken: true };
    const host: HostProcess = new HostProcess(config, this.token, this.deps.clock, {
      onStats: (stats) => {
        this.stats = stats;
        this.change({});
      },
      onPredictions: this.deps.onPredictions,
      onDied: (reason) => !trial && this.host === host && this.died(reason),
    });
    return host;
  }

  private async resolve(): Promise<ModelLocation> {
    const location = await this.deps.resolve(this.modelRef);
    if (!location) throw new CrisolError('ENDPOINT_NO_MODEL', `${this.modelRef} names no version of a model now.`);
    return location;
  }

  private died(problem: string): void {
    this.host = undefined;
    this.deps.logger.error({ endpoint: this.name, reason: problem }, 'a serving host ended');
    this.change({ state: 'failed', problem });
  }

  private failed(thrown: unknown): CrisolError {
    this.host = undefined;
    const error = asStartFailure(thrown);
    this.change({ state: 'failed', problem: error.message });
    return error;
  }

  private async endHost(): Promise<void> {
    const { host } = this;
    Object.assign(this, { host: undefined, startedAt: null, location: null, signature: null });
    await host?.end();
  }

  private change(what: { state?: EndpointState; problem?: string | null }): void {
    Object.assign(this, what);
    this.deps.onChange(this.snapshot());
  }

  /** Not to be remembered is no reason not to serve. */
  private async remember(): Promise<void> {
    const { name, modelRef: model_ref, port, token, wanted: running } = this;
    try {
      await this.deps.memory.save({ name, model_ref, port, token, running });
    } catch (err) {
      this.deps.logger.warn({ endpoint: name, err }, 'the endpoint will not be remembered');
    }
  }

  private inTurn<T>(action: () => Promise<T>): Promise<T> {
    const turn = this.work.then(action);
    this.work = turn.catch(() => undefined);
    return turn;
  }
}

function asStartFailure(thrown: unknown): CrisolError {
  if (thrown instanceof CrisolError) return thrown;
  return new CrisolError('ENDPOINT_START_FAILED', messageOf(thrown), { cause: thrown });
}
