import { isEqual } from '../expressions/values.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import type { PlannedStep, RetryReason } from '../model.ts';
import { parseDuration } from '../values/duration.ts';
import { parseSize } from '../values/size.ts';

/** How a step is run, when nothing is said. */
export type Running = Pick<PlannedStep, 'retry' | 'timeoutMs' | 'resources' | 'executor'>;

const REASONS: readonly RetryReason[] = ['failure', 'timeout'];

/** `retry`, `timeout`, `resources` and `executor` with their expressions filled in, and what is wrong with what these came to. */
export function runningOf(said: JsonObject): { running: Running; problems: string[] } {
  const problems: string[] = [];
  const read = new Reader(problems);
  const running: Running = {
    retry: retryOf(said.retry, read),
    timeoutMs: read.text('timeout', said.timeout, parseDuration, 'a time such as `30m`'),
    resources: resourcesOf(said.resources, read),
    executor: isEqual(said.executor ?? null, 'ray') ? 'ray' : 'local',
  };
  return { running, problems };
}

class Reader {
  readonly #problems: string[];

  constructor(problems: string[]) {
    this.#problems = problems;
  }

  text(key: string, value: JsonValue | undefined, parse: (text: string) => number | null, takes: string) {
    if (value === undefined || value === null) return null;
    const parsed = typeof value === 'string' ? parse(value) : null;
    if (parsed === null) this.refuse(key, value, takes);
    return parsed;
  }

  number(key: string, value: JsonValue | undefined, isFine: (value: number) => boolean, takes: string) {
    if (value === undefined || value === null) return null;
    if (typeof value === 'number' && isFine(value)) return value;
    this.refuse(key, value, takes);
    return null;
  }

  refuse(key: string, value: JsonValue, takes: string): void {
    this.#problems.push(`\`${key}\` is \`${JSON.stringify(value)}\`: write ${takes}.`);
  }
}

const isCount = (value: number): boolean => Number.isInteger(value) && value >= 0;

function retryOf(said: JsonValue | undefined, read: Reader): Running['retry'] {
  const isMap = typeof said === 'object' && said !== null && !Array.isArray(said);
  const { limit, backoff, on }: JsonObject = isMap ? said : { limit: said ?? null };
  const chosen = REASONS.filter((reason) => !Array.isArray(on) || on.includes(reason));
  return {
    limit: read.number('retry', limit, (count) => isCount(count) && count <= 100, 'a whole number up to 100') ?? 0,
    backoffMs: read.text('backoff', backoff, parseDuration, 'a time such as `10s`') ?? 0,
    on: chosen,
  };
}

function resourcesOf(said: JsonValue | undefined, read: Reader): Running['resources'] {
  const isMap = typeof said === 'object' && said !== null && !Array.isArray(said);
  const { cpus, memory, gpus }: JsonObject = isMap ? said : {};
  return {
    cpus: read.number('cpus', cpus, (value) => value > 0 && Number.isFinite(value), 'a number over 0') ?? 1,
    memoryBytes: read.text('memory', memory, parseSize, 'a size such as `2Gi`'),
    gpus: read.number('gpus', gpus, isCount, 'a whole number') ?? 0,
  };
}
