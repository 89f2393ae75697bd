import { APP_PREFIX, toMetricNumber } from '../../schemas/wire/common.ts';
import type { RegisterRequest } from '../../schemas/wire/registry.ts';
import type { Clock } from '../base/clock.ts';
import { systemClock } from '../base/clock.ts';
import { CrisolError, errorOfBody } from '../base/errors.ts';

export interface TrackingTarget {
  uri: string;
  token: string | undefined;
  runId: string | undefined;
}

/** Back-off: a daemon that restarts is back within seconds, and a step should outlive that. */
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 2000;
const ATTEMPTS = 20;
const ANSWER_WITHIN_MS = 30_000;

const MLFLOW_PREFIX = '/api/2.0/mlflow';

/** What a step logs, over the same REST as any script. Calls are to be waited for: then nothing arrives out of order. */
export class TrackingClient {
  private readonly target: TrackingTarget;
  private readonly clock: Clock;

  constructor(target: TrackingTarget, clock: Clock = systemClock) {
    this.target = { ...target, uri: target.uri.replace(/\/+$/, '') };
    this.clock = clock;
  }

  async logParams(params: Record<string, string>): Promise<void> {
    await this.logBatch({ params: Object.entries(params).map(([key, value]) => ({ key, value })) });
  }

  async logMetrics(metrics: Record<string, number>, step: number): Promise<void> {
    const timestamp = this.clock.now();
    const points = Object.entries(metrics).map(([key, value]) => ({
      key,
      value: toMetricNumber(value),
      timestamp,
      step,
    }));
    await this.logBatch({ metrics: points });
  }

  /** Answers the number of the new version. */
  async register(name: string, request: RegisterRequest): Promise<number> {
    const path = `${APP_PREFIX}/models/${encodeURIComponent(name)}/versions`;
    const answer = await this.post(path, request, { repeatable: false });
    const version = typeof answer === 'object' && answer !== null && 'version' in answer ? answer.version : undefined;
    if (typeof version === 'number') return version;
    throw new CrisolError('INTERNAL_ERROR', 'the registry did not answer with a version');
  }

  private async logBatch(batch: { params?: unknown[]; metrics?: unknown[] }): Promise<void> {
    if (this.target.runId === undefined) return;
    // repeating is harmless: points that are exactly alike and params with the same value are kept once
    await this.post(`${MLFLOW_PREFIX}/runs/log-batch`, { run_id: this.target.runId, ...batch }, { repeatable: true });
  }

  private async post(path: string, body: unknown, { repeatable }: { repeatable: boolean }): Promise<unknown> {
    let wait = FIRST_WAIT_MS;
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.send(path, body);
      if (outcome.state === 'answered') return outcome.body;
      const again = outcome.untouched || repeatable;
      if (!again || attempt === ATTEMPTS) throw outcome.failure;
      await new Promise<void>((resolve) => this.clock.after(wait, resolve));
      wait = Math.min(2 * wait, LONGEST_WAIT_MS);
    }
  }

  private async send(path: string, body: unknown): Promise<Outcome> {
    try {
      const response = await fetch(this.target.uri + path, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(this.target.token !== undefined && { authorization: `Bearer ${this.target.token}` }),
        },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      });
      const answer = parsed(await response.text());
      if (response.ok) return { state: 'answered', body: answer };
      const failure = errorOfBody(answer, `The daemon answered with status ${response.status}.`);
      if (response.status !== 503) throw failure;
      return { state: 'failed', untouched: true, failure };
    } catch (thrown) {
      if (thrown instanceof CrisolError) throw thrown;
      const failure = new CrisolError('DAEMON_UNREACHABLE', `no answer from ${this.target.uri}`, { cause: thrown });
      return { state: 'failed', untouched: wasRefused(thrown), failure };
    }
  }
}

type Outcome =
  | { state: 'answered'; body: unknown }
  /** `untouched`: nothing was done, so asking again cannot do it twice */
  | { state: 'failed'; untouched: boolean; failure: CrisolError };

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function wasRefused(thrown: unknown): boolean {
  const cause: unknown = thrown instanceof Error ? thrown.cause : undefined;
  return cause instanceof Error && 'code' in cause && cause.code === 'ECONNREFUSED';
}
