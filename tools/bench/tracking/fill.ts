import type { BenchDaemon } from '../parts/daemon.ts';

const MLFLOW = '/api/2.0/mlflow';
const AT_ONCE = 32;
const MOST_POINTS = 1000;

/** `count` runs with 10 metrics, 10 params and 5 tags each: what fill.py writes for the peer. */
export async function fillRuns(daemon: BenchDaemon, count: number): Promise<void> {
  let next = 0;
  const worker = async () => {
    for (let number = next++; number < count; number = next++) await fillRun(daemon, number);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** A run of which one metric has so many points; answers its id. */
export async function fillHistory(daemon: BenchDaemon, points: number): Promise<string> {
  const run_id = await daemon.newRun();
  for (let from = 0; from < points; from += MOST_POINTS) {
    const metrics = Array.from({ length: Math.min(MOST_POINTS, points - from) }, (_, index) => point(from + index));
    await daemon.post(`${MLFLOW}/runs/log-batch`, { run_id, metrics });
  }
  return run_id;
}

export function point(step: number) {
  return { key: 'loss', value: 1 / (step + 1), timestamp: 1_700_000_000_000 + step, step };
}

async function fillRun(daemon: BenchDaemon, number: number): Promise<void> {
  const tags = ten((index) => ({ key: `tag_${index}`, value: `value ${number % (index + 3)}` })).slice(0, 5);
  const { run } = await daemon.post<{ run: { info: { run_id: string } } }>(`${MLFLOW}/runs/create`, {
    experiment_id: '0',
    run_name: `run-${number}`,
    start_time: 1_700_000_000_000 + number,
    tags,
  });
  const metrics = ten((index) => ({
    key: `metric_${index}`,
    value: ((number * 7919 + index * 104_729) % 100_003) / 100_003,
    timestamp: 1_700_000_000_000,
    step: 0,
  }));
  const params = ten((index) => ({ key: `param_${index}`, value: String(number % (index + 2)) }));
  await daemon.post(`${MLFLOW}/runs/log-batch`, { run_id: run.info.run_id, metrics, params });
}

function ten<T>(make: (index: number) => T): T[] {
  return Array.from({ length: 10 }, (_, index) => make(index));
}
