import { parseModelRef } from '../../schemas/model-ref.ts';
import type { Endpoint, EndpointDetail } from '../../schemas/wire/serving.ts';
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposables.ts';
import { Emitter } from '../base/emitter.ts';
import { CrisolError } from '../base/errors.ts';
import { newId } from '../base/ids.ts';
import type { Logger } from '../base/logger.ts';
import { RunningEndpoint } from './endpoint.ts';
import type { ConfiguredEndpoint, EndpointMemory, ResolveModel, VerifyModel } from './ports.ts';
import type { ReportedPrediction } from './protocol.ts';

export type { ConfiguredEndpoint, EndpointMemory, RememberedEndpoint, ResolveModel, VerifyModel } from './ports.ts';
export type { ModelLocation, ReportedPrediction } from './protocol.ts';
export { createEndpointMemory } from './repository.ts';

export interface ServingDeps {
  resolve: ResolveModel;
  verify: VerifyModel;
  /** read anew each time: crisol.yaml changes */
  configured(): ConfiguredEndpoint[];
  memory: EndpointMemory;
  clock: Clock;
  logger: Logger;
}

/** What an endpoint predicted since the last batch; `dropped` more came faster than they could be told. */
export interface PredictionBatch {
  endpoint: string;
  predictions: ReportedPrediction[];
  dropped: number;
}

/** Endpoints: each a serving host, a process of its own. */
export class Serving implements Disposable {
  private readonly endpoints = new Map<string, RunningEndpoint>();
  private readonly changes = new Emitter<Endpoint>();
  private readonly predictions = new Emitter<PredictionBatch>();
  private readonly deps: ServingDeps;

  constructor(deps: ServingDeps) {
    this.deps = deps;
  }

  onEvent(listener: (endpoint: Endpoint) => void): Disposable {
    return this.changes.on(listener);
  }

  onPredictions(listener: (batch: PredictionBatch) => void): Disposable {
    return this.predictions.on(listener);
  }

  /** Those of crisol.yaml in its order, then those started by hand. */
  list(): Endpoint[] {
    const names = new Set([...this.deps.configured().map(({ name }) => name), ...this.endpoints.keys()]);
    return [...names].map((name) => this.known(name).snapshot());
  }

  detail(name: string): EndpointDetail {
    return this.known(name).detail();
  }

  /** Answers once it serves. `modelRef` serves something that crisol.yaml does not name. */
  async start(name: string, modelRef?: string): Promise<EndpointDetail> {
    const ref = modelRef ?? (await this.refOf(name));
    const endpoint = this.endpoint(name, ref);
    await endpoint.start(ref);
    return endpoint.detail();
  }

  async stop(name: string): Promise<EndpointDetail> {
    const endpoint = this.known(name);
    if (this.endpoints.has(name)) await endpoint.stop();
    return endpoint.detail();
  }

  /** A version of this model was registered, or moved to another stage: endpoints follow their reference. */
  async modelChanged(model: string): Promise<void> {
    const concerned = [...this.endpoints.values()].filter((endpoint) => endpoint.refersTo(model));
    await Promise.all(concerned.map((endpoint) => endpoint.modelChanged()));
  }

  /** Starts again what ran when the daemon ended. What can't be started says so in its state. */
  async recover(): Promise<void> {
    for (const { name, model_ref: remembered } of this.deps.memory.all().filter(({ running }) => running)) {
      const ref = this.configuredRef(name) ?? remembered;
      try {
        await this.endpoint(name, ref).start(ref);
      } catch (thrown) {
        this.deps.logger.warn({ endpoint: name, err: thrown }, 'an endpoint could not be started again');
      }
    }
  }

  /** An endpoint that serves is work: the daemon stays. */
  busy(): boolean {
    return [...this.endpoints.values()].some(({ active }) => active);
  }

  async dispose(): Promise<void> {
    await Promise.all([...this.endpoints.values()].map((endpoint) => endpoint.dispose()));
  }

  private known(name: string): RunningEndpoint {
    const started = this.endpoints.get(name);
    if (started) return started;
    const ref = this.configuredRef(name);
    if (ref === undefined) throw new CrisolError('ENDPOINT_UNKNOWN', `There is no endpoint "${name}".`);
    return new RunningEndpoint(name, ref, this.partsOf(name));
  }

  private endpoint(name: string, ref: string): RunningEndpoint {
    const started = this.endpoints.get(name) ?? new RunningEndpoint(name, ref, this.partsOf(name));
    this.endpoints.set(name, started);
    return started;
  }

  /** What a name alone means: an endpoint of crisol.yaml, one started before, or a model. */
  private async refOf(name: string): Promise<string> {
    const ref = this.configuredRef(name) ?? this.endpoints.get(name)?.modelRef;
    if (ref !== undefined) return ref;
    if (parseModelRef(name).which !== 'best' || (await this.deps.resolve(name))) return name;
    throw new CrisolError('ENDPOINT_UNKNOWN', `There is neither an endpoint nor a model "${name}".`);
  }

  private configuredRef(name: string): string | undefined {
    return this.deps.configured().find((endpoint) => endpoint.name === name)?.model_ref;
  }

  private partsOf(endpoint: string) {
    const { resolve, verify, memory, clock, logger } = this.deps;
    return {
      resolve,
      verify,
      memory,
      clock,
      logger,
      newToken: () => newId(),
      onChange: (state: Endpoint) => this.changes.emit(state),
      onPredictions: (predictions: ReportedPrediction[], dropped: number) =>
        this.predictions.emit({ endpoint, predictions, dropped }),
    };
  }
}

export function createServing(deps: ServingDeps): Serving {
  return new Serving(deps);
}
