import { cpus, platform, release } from 'node:os';

/** One line of a benchmark's table. `ours` and `peer` were measured in the same run; a ratio of two runs means nothing. */
export interface Result {
  name: string;
  unit: string;
  ours: number;
  peer?: number;
  /** ours ÷ peer */
  ratio?: number;
  target: string;
  ok: boolean;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** Lets each contender do one round in turn, so that what disturbs the machine disturbs all of them alike. */
export async function interleaved<Name extends string, T>(
  rounds: number,
  contenders: Record<Name, () => Promise<T>>,
): Promise<Record<Name, T[]>> {
  const names = Object.keys(contenders) as Name[];
  const results = Object.fromEntries(names.map((name) => [name, [] as T[]])) as Record<Name, T[]>;
  for (let round = 0; round < rounds; round++) {
    for (const name of names) results[name].push(await contenders[name]());
  }
  return results;
}

interface Measured {
  name: string;
  unit: string;
  ours: number;
  peer?: number;
}

/** A figure that must not be above a limit. */
export function atMost(limit: number, measured: Measured): Result {
  return result(measured, `≤ ${limit} ${measured.unit}`, measured.ours <= limit);
}

/** A figure that must not be below a limit. */
export function atLeast(limit: number, measured: Measured): Result {
  return result(measured, `≥ ${limit} ${measured.unit}`, measured.ours >= limit);
}

/** A figure that must not be above so many times the peer's. */
export function atMostTimes(times: number, measured: Measured & { peer: number }): Result {
  return result(measured, `≤ ${times} × the peer`, measured.ours <= times * measured.peer);
}

/** A time that must be so many times shorter than the peer's. */
export function timesFaster(times: number, measured: Measured & { peer: number }): Result {
  return result(measured, `${times} × faster than the peer`, measured.ours * times <= measured.peer);
}

/** A rate that must be so many times the peer's. */
export function timesTheRate(times: number, measured: Measured & { peer: number }): Result {
  return result(measured, `≥ ${times} × the peer`, measured.ours >= times * measured.peer);
}

/** What helps to understand the others: nothing is expected of it. */
export function noted(measured: Measured): Result {
  return result(measured, 'none', true);
}

function result({ name, unit, ours, peer }: Measured, target: string, ok: boolean): Result {
  const compared = peer === undefined ? {} : { peer: rounded(peer), ratio: rounded(ours / peer) };
  return { name, unit, ours: rounded(ours), ...compared, target, ok };
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

/** The table for people and, last, one line of JSON for programs. */
export function report(bench: string, results: Result[]): void {
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${platform()} ${release()}, Node ${process.versions.node}`;
  console.log(`\n${bench} on ${machine}`);
  console.table(Object.fromEntries(results.map(({ name, ...rest }) => [name, rest])));
  console.log(JSON.stringify({ bench, machine, results }));
}
