import { headlinesFirst } from '../../schemas/headline-metrics.ts';
import type { LiveRun, LiveStep, LiveSweep, LiveValues } from '../../schemas/language/live.ts';
import { goalOf } from '../../schemas/metric-goal.ts';
import { groupLasted, standingOf } from '../../schemas/pipelines/groups.ts';
import { variantsIn } from '../../schemas/pipelines/standing.ts';
import { printKey } from '../../schemas/search/index.ts';
import type { RunSummary } from '../../schemas/wire/tracking.ts';
import type { Api } from '../daemon/api.ts';
import type { PipelineModel } from '../views/pipeline-model.ts';
import type { Stores } from '../views/stores.ts';
import { sweepStanding } from '../views/sweeps-model.ts';

/** The newest runs, among which the last value of a metric is looked for. */
const NEWEST = 20;
/** Metrics whose best run is looked for: those that people judge by come first. */
const METRICS = 12;

type Results = Pick<LiveValues, 'runs' | 'best'>;
const NOTHING: Results = { runs: [], best: [] };

/** What the editor shows of the runs beside crisol.yaml. Results are read again when runs change, never by the clock. */
export class LiveResults {
  private readonly stores: Pick<Stores, 'pipelines' | 'tracking' | 'registry' | 'sweeps'>;
  private readonly api: Pick<Api, 'runs' | 'run'>;
  private results = NOTHING;
  /** of what is shown: params of runs that have ended stay as they are */
  private readonly params = new Map<string, LiveRun['params']>();

  constructor(stores: LiveResults['stores'], api: LiveResults['api']) {
    this.stores = stores;
    this.api = api;
  }

  steps(): LiveStep[] {
    const { pipelines, tracking } = this.stores;
    return pipelines.stepNames().flatMap((name) => stepOf(name, pipelines, (id) => tracking.run(id)?.metrics ?? []));
  }

  sweeps(): LiveSweep[] {
    return this.stores.sweeps.newest().map((sweep) => {
      const { name, state, reason, best, goal } = sweep;
      const key = goal.slice(goal.indexOf(' ') + 1);
      const value = best?.value ?? null;
      return { name, state, reason, ...sweepStanding(sweep), best: value === null ? null : { key, value } };
    });
  }

  models(): LiveValues['models'] {
    return this.stores.registry.models().map(({ name, versions, aliases }) => ({
      name,
      versions: versions.map(({ version, stage }) => ({ version, stage })),
      aliases: aliases ?? null,
    }));
  }

  get newest(): Results {
    return this.results;
  }

  /** Never rejects: what cannot be read now stays as it was. */
  async read(): Promise<void> {
    this.results = await this.readResults().catch(() => this.results);
  }

  private async readResults(): Promise<Results> {
    const experiment = this.experiment();
    if (experiment === undefined) return NOTHING;
    const { runs } = await this.api.runs({ experiment_id: experiment, limit: NEWEST });
    const keys = new Set(runs.flatMap(({ metrics }) => metrics.map(({ key }) => key)));
    const metrics = headlinesFirst([...keys], (key) => key).slice(0, METRICS);
    const best = await Promise.all(metrics.map((metric) => this.bestOf(experiment, metric)));
    const newest = await Promise.all(runs.slice(0, SHOWN).map((run) => this.withParams(run)));
    const others = runs.slice(SHOWN).map((run) => liveRun(run, []));
    const found = best.flatMap((one) => one ?? []);
    this.forgetAllBut([...newest, ...found.map(({ run }) => run)]);
    return { runs: [...newest, ...others], best: found };
  }

  private forgetAllBut(shown: readonly LiveRun[]): void {
    const stay = new Set(shown.map(({ id }) => id));
    for (const id of this.params.keys()) if (!stay.has(id)) this.params.delete(id);
  }

  private experiment(): string | undefined {
    const name = this.stores.pipelines.name ?? 'pipeline';
    return this.stores.tracking.experiments().find((one) => one.name === name)?.experiment_id;
  }

  private async bestOf(experiment_id: string, metric: string): Promise<LiveValues['best'][number] | undefined> {
    const direction = goalOf(metric) === 'highest' ? 'DESC' : 'ASC';
    const order_by = [`${printKey('metric', metric)} ${direction}`];
    const { runs } = await this.api.runs({ experiment_id, order_by, limit: 1 });
    const [run] = runs;
    return run?.metrics.some(({ key }) => key === metric) ? { metric, run: await this.withParams(run) } : undefined;
  }

  private async withParams(run: RunSummary): Promise<LiveRun> {
    const known = this.params.get(run.run_id);
    if (known) return liveRun(run, known);
    const { params } = await this.api.run(run.run_id);
    if (run.ended_at !== null) this.params.set(run.run_id, params);
    return liveRun(run, params);
  }
}

/** Of so many of the newest the params are shown. */
const SHOWN = 5;

const liveRun = ({ run_id, name, started_at, metrics }: RunSummary, params: LiveRun['params']): LiveRun => ({
  id: run_id,
  name,
  started_at,
  metrics: metrics.map(({ key, value }) => ({ key, value })),
  params,
});

function stepOf(name: string, pipelines: PipelineModel, metricsOf: (run: string) => RunSummary['metrics']): LiveStep[] {
  const taken = pipelines.runsWith(name);
  const [newest] = taken;
  if (!newest) return [];
  const { run, step } = newest;
  const { reason, started_at } = step;
  const group = variantsIn(run, name);
  const { state, done } = standingOf(group);
  const lasted = groupLasted(group, Date.now());
  const end = started_at === null || lasted === null ? 0 : state === 'running' ? Infinity : started_at + lasted;
  const metrics = metricsOf(run.run_id)
    .filter(({ timestamp }) => started_at !== null && started_at <= timestamp && timestamp <= end)
    .map(({ key, value }) => ({ key, value }));
  return [
    {
      name,
      state: state ?? step.state,
      seconds: state === 'running' || lasted === null ? null : lasted / 1000,
      reason,
      ran: taken.filter((one) => one.step.started_at !== null).length,
      metrics,
      ...(step.name === name ? {} : { variants: { done, total: group.length } }),
    },
  ];
}
