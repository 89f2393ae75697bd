import type { Command } from 'commander';
import type { ImportResult, ImportTally } from '../../../schemas/wire/import.ts';
import type { ModelList } from '../../../schemas/wire/registry.ts';
import type { ExperimentList } from '../../../schemas/wire/tracking.ts';
import type { Target } from '../../import/carrying/index.ts';
import type { Problem } from '../../import/reading/index.ts';
import type { Api } from '../api.ts';
import type { CommonOptions } from '../command.ts';
import { command, connect, print } from '../command.ts';
import { CANCELLED } from '../exit-codes.ts';
import { ImportProgress } from '../import-progress.ts';
import { importInto } from '../import-target.ts';
import { bytes as bytesIn, count, indented } from '../text.ts';

const SHOWN_PROBLEMS = 20;

interface ImportOptions extends CommonOptions {
  artifacts?: string;
  dryRun?: boolean;
}

/** import mlruns */
export function importCommand(): Command {
  const mlruns = command('mlruns', "bring in MLflow's folder mlruns, or its SQLite file such as mlflow.db")
    .argument('<path>')
    .option('--artifacts <folder>', 'where the files of its runs are, if not in the folder or beside the file')
    .option('--dry-run', 'say what would come, and change nothing')
    .action(mlflowStore);
  return command('import', 'bring in what another program tracked').addCommand(mlruns);
}

async function mlflowStore(path: string, options: ImportOptions): Promise<void> {
  const { dryRun: dry_run = false, artifacts } = options;
  // few commands need them, and they take a while
  const { openSource, Problems } = await import('../../import/reading/index.ts');
  const { carryOver } = await import('../../import/carrying/index.ts');
  const problems = new Problems();
  const source = openSource(path, { problems, artifacts });
  try {
    const { api } = await connect(options, { anywhere: true });
    const target = dry_run ? await trying(api) : importInto(api);
    const { signal, release } = onInterrupt();
    const progress = new ImportProgress();
    const tally = await carryOver({ source, target, problems, signal, onProgress: (now) => progress.tell(now) });
    release();
    progress.end();
    const cancelled = signal.aborted;
    const { list, leftOut: problems_left_out } = problems;
    const result: ImportResult = { source: path, dry_run, cancelled, ...tally, problems: list, problems_left_out };
    print(options, result, inWords(result));
    if (cancelled) process.exitCode = CANCELLED;
  } finally {
    source.close();
  }
}

async function trying(api: Api): Promise<Target> {
  const { onlyTrying } = await import('../../import/carrying/index.ts');
  const { experiments } = await api.get<ExperimentList>('/experiments');
  const { models } = await api.get<ModelList>('/models');
  return onlyTrying(importInto(api), { experiments: new Set(experiments.map(({ name }) => name)), models });
}

/** What was begun comes to its end first; a second Ctrl+C does not wait. */
function onInterrupt(): { signal: AbortSignal; release(): void } {
  const aborting = new AbortController();
  const abort = () => aborting.abort();
  const orphaned = () => abort();
  process.once('SIGINT', abort);
  process.once('disconnect', orphaned);
  const release = () => {
    process.off('SIGINT', abort);
    process.off('disconnect', orphaned);
    if (process.connected) process.disconnect();
  };
  return { signal: aborting.signal, release };
}

function inWords(result: ImportResult): string {
  const { dry_run, cancelled, source, problems, problems_left_out } = result;
  const all = problems.length + problems_left_out;
  const done = dry_run ? 'would come' : 'came';
  return [
    `From ${source} ${done}: ${whatCame(result)}.`,
    ...(result.known_runs > 0
      ? [`${count(result.known_runs, 'run')} of it ${were(result.known_runs)} here already.`]
      : []),
    ...(cancelled ? ['Cancelled: the same command goes on from here.'] : []),
    ...(all > 0 ? [`${count(all, 'problem')}:`, ...problems.slice(0, SHOWN_PROBLEMS).map(problemLine)] : []),
    ...(all > SHOWN_PROBLEMS ? [indented(`and ${all - SHOWN_PROBLEMS} more; --json has them`)] : []),
  ].join('\n');
}

function whatCame(tally: ImportTally): string {
  const { new_experiments, runs, points, artifacts, bytes, logged_models, models, versions } = tally;
  const parts: [number, string][] = [
    [new_experiments, count(new_experiments, 'experiment')],
    [runs, `${count(runs, 'run')} with ${count(points, 'point')}`],
    [artifacts, `${count(artifacts, 'artifact')} (${bytesIn(bytes)})`],
    [logged_models, count(logged_models, 'logged model')],
    [models + versions, `${count(versions, 'version')} of ${count(models, 'registered model')}`],
  ];
  return parts.flatMap(([number, words]) => (number > 0 ? [words] : [])).join(', ') || 'nothing new';
}

function were(number: number): string {
  return number === 1 ? 'was' : 'were';
}

function problemLine({ path, reason }: Problem): string {
  return indented(`${path}: ${reason}`);
}
