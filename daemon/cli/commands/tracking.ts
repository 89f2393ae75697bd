import type { Command } from 'commander';
import { formatDuration } from '../../../schemas/duration.ts';
import type { ExperimentList, RunList, RunSummary } from '../../../schemas/wire/tracking.ts';
import { CrisolError } from '../../base/errors.ts';
import type { Api } from '../api.ts';
import type { CommonOptions } from '../command.ts';
import { command, connect, print } from '../command.ts';
import { ago, headline, mark, table } from '../text.ts';
import { positiveInteger } from '../usage.ts';

interface RunsOptions extends CommonOptions {
  experiment?: string;
  filter?: string;
  orderBy?: string[];
  limit: number;
  nested?: boolean;
}

/** runs */
export function trackingCommands(): Command[] {
  return [
    command('runs', 'list runs, newest first, or find them')
      .option('--experiment <name>', 'only those of this experiment')
      .option(
        '--filter <condition>',
        'only those that fulfil it, such as "metrics.f1 > 0.9 AND params.model = \'svm\'"',
      )
      .option('--order-by <key>', 'such as "metrics.f1 DESC"; several times for several', several)
      .option('--limit <count>', 'how many at most', positiveInteger, 20)
      .option('--nested', 'also the steps of pipelines')
      .action(runs),
  ];
}

async function runs(options: RunsOptions): Promise<void> {
  const { api } = await connect(options);
  const query = new URLSearchParams({ limit: String(options.limit) });
  if (options.experiment !== undefined) query.set('experiment_id', await experimentId(api, options.experiment));
  if (options.filter !== undefined) query.set('filter', options.filter);
  if (options.nested) query.set('nested', 'true');
  for (const order of options.orderBy ?? []) query.append('order_by', order);
  const list = await api.get<RunList>(`/runs?${query}`);
  const none = options.filter === undefined ? 'No runs yet. `crisol run` makes one.' : 'No run fulfils the filter.';
  print(options, list, list.runs.length === 0 ? none : asTable(list.runs));
}

function several(value: string, before: string[] = []): string[] {
  return [...before, value];
}

async function experimentId(api: Api, name: string): Promise<string> {
  const { experiments } = await api.get<ExperimentList>('/experiments');
  const found = experiments.find((experiment) => experiment.name === name || experiment.experiment_id === name);
  if (found) return found.experiment_id;
  const names = experiments.map((experiment) => experiment.name).join(', ');
  throw new CrisolError('RESOURCE_DOES_NOT_EXIST', `There is no experiment "${name}".`, {
    hint: `There are: ${names}.`,
  });
}

function asTable(list: RunSummary[]): string {
  const rows = list.map(({ state, name, started_at, ended_at, metrics, run_id }) => {
    const took = formatDuration((ended_at ?? Date.now()) - started_at);
    const results = headline(metrics.map(({ key, value }) => [key, value]));
    return [`${mark(state)} ${name}`, state, ago(started_at), took, results, run_id];
  });
  return table(['  run', 'state', 'started', { right: 'took' }, 'metrics', 'id'], rows);
}
