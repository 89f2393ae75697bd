import type { Command } from 'commander';
import type { ExperimentList, RunList, RunSummary } from '../../../schemas/wire/tracking.ts';
import { CrisolError } from '../../base/errors.ts';
import type { Api } from '../api.ts';
import type { CommonOptions } from '../command.ts';
import { command, connect, print } from '../command.ts';
import { ago, duration, mark, metricText, table } from '../text.ts';

const SHOWN_METRICS = 4;

interface RunsOptions extends CommonOptions {
  experiment?: string;
  limit: string;
}

export function trackingCommands(): Command[] {
  return [
    command('runs', 'list runs, newest first')
      .option('--experiment <name>', 'only those of this experiment')
      .option('--limit <count>', 'how many', '20')
      .action(runs),
  ];
}

async function runs(options: RunsOptions): Promise<void> {
  const { api } = await connect(options);
  const query = new URLSearchParams({ limit: options.limit });
  if (options.experiment !== undefined) query.set('experiment_id', await experimentId(api, options.experiment));
  const list = await api.get<RunList>(`/runs?${query}`);
  print(options, list, list.runs.length === 0 ? 'No runs yet. `crisol run` makes one.' : asTable(list.runs));
}

async function experimentId(api: Api, name: string): Promise<string> {
  const { experiments } = await api.get<ExperimentList>('/experiments');
  const found = experiments.find((experiment) => experiment.name === name || experiment.experiment_id === name);
  if (found) return found.experiment_id;
  const names = experiments.map((experiment) => experiment.name).join(', ');
  throw new CrisolError('RESOURCE_DOES_NOT_EXIST', `There is no experiment "${name}"; there are: ${names}.`);
}

function asTable(list: RunSummary[]): string {
  const rows = list.map((run) => {
    const metrics = run.metrics.slice(0, SHOWN_METRICS).map((metric) => `${metric.key} ${metricText(metric)}`);
    const took = duration((run.ended_at ?? Date.now()) - run.started_at);
    return [`${mark(run.state)} ${run.name}`, run.run_id, run.state, ago(run.started_at), took, metrics.join('  ')];
  });
  return table(['run', 'id', 'state', 'started', 'took', 'metrics'], rows);
}
