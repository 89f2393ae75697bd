import type { Command } from 'commander';
import { formatDuration } from '../../../schemas/duration.ts';
import { MOST_CHILDREN } from '../../../schemas/run-family.ts';
import type { ExperimentList, RunList, RunSummary } from '../../../schemas/wire/tracking.ts';
import { CrisolError } from '../../base/errors.ts';
import type { Api } from '../api.ts';
import type { CommonOptions } from '../command.ts';
import { command, connect, print } from '../command.ts';
import { shortId } from '../ids.ts';
import type { Row } from '../run-tree.ts';
import { withChildren } from '../run-tree.ts';
import type { Title } from '../text.ts';
import { ago, fittingHeadline, runMark, table } from '../text.ts';
import { positiveInteger } from '../usage.ts';

interface RunsOptions extends CommonOptions {
  experiment?: string;
  filter?: string;
  orderBy?: string[];
  limit: number;
  all?: boolean;
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
      .option('--all', 'also what stands below them: steps, trials, folds')
      .action(runs),
  ];
}

async function runs(options: RunsOptions): Promise<void> {
  const { api } = await connect(options);
  const query = new URLSearchParams({ limit: String(options.limit) });
  if (options.experiment !== undefined) query.set('experiment_id', await experimentId(api, options.experiment));
  if (options.filter !== undefined) query.set('filter', options.filter);
  for (const order of options.orderBy ?? []) query.append('order_by', order);
  // what is searched for, or sorted with all that there is, stands side by side
  const isTree = options.filter === undefined && (options.orderBy === undefined || !options.all);
  if (isTree) query.set('parent', '');
  else if (options.all) query.set('nested', 'true');
  const list = await api.get<RunList>(`/runs?${query}`);
  const rows = isTree && options.all ? await withChildren(api, list.runs) : list.runs.map(atTop);
  const none = options.filter === undefined ? 'No runs yet. `crisol run` makes one.' : 'No run fulfils the filter.';
  const document = { ...list, runs: rows.map(({ run }) => run) };
  print(options, document, rows.length === 0 ? none : asTable(rows));
}

const atTop = (run: RunSummary): Row => ({ run, depth: 0 });

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

/** The metrics stand last: they are as many as the terminal has room for. */
function asTable(rows: readonly Row[]): string {
  const isNested = rows.some(({ run }) => run.children !== undefined);
  const facts = rows.map(({ run, depth }) => {
    const { name, started_at, ended_at, run_id } = run;
    const took = formatDuration((ended_at ?? Date.now()) - started_at);
    const called = `${'  '.repeat(depth)}${runMark(run)} ${name}`;
    return [called, stateOf(run), ago(started_at), took, ...(isNested ? [nested(run)] : []), shortId(run_id)];
  });
  const titles: Title[] = ['  run', 'state', 'started', { right: 'took' }, ...(isNested ? [NESTED] : []), 'id'];
  const [first = ''] = table(
    [...titles, ''],
    facts.map((row) => [...row, '|']),
  )
    .split('\n')
    .slice(1);
  const room = (process.stdout.columns ?? Number.POSITIVE_INFINITY) - first.length;
  const metrics = rows.map(({ run }) =>
    fittingHeadline(
      run.metrics.map(({ key, value }) => [key, value]),
      room,
    ),
  );
  return table(
    [...titles, 'metrics'],
    facts.map((row, at) => [...row, metrics[at] ?? '']),
  );
}

const NESTED: Title = { right: 'nested' };

function stateOf({ state, pruned_step }: RunSummary): string {
  return pruned_step === undefined ? state : `pruned at ${pruned_step}`;
}

function nested({ children }: RunSummary): string {
  if (children === undefined) return '';
  return children >= MOST_CHILDREN ? `${children}+` : String(children);
}
