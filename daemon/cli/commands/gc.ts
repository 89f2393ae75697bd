import type { Command } from 'commander';
import { formatWhole } from '../../../schemas/count-text.ts';
import type { GcItem, GcReport, GcRequest } from '../../../schemas/wire/gc.ts';
import type { CommonOptions } from '../command.ts';
import { command, connect, print } from '../command.ts';
import { bytes, count, table } from '../text.ts';
import { duration, notNegative, positiveInteger, positiveNumber } from '../usage.ts';

interface GcOptions extends CommonOptions {
  olderThan?: number;
  keepResults?: number;
  keepDays?: number;
  keepLogs?: number;
  dryRun?: boolean;
}

const SHOWN = 20;
const KINDS = { runs: 'run', models: 'logged model', experiments: 'experiment' } as const;

/** gc */
export function gcCommand(): Command {
  return command('gc', 'remove deleted runs and experiments for good, with their artifacts, and old results of steps')
    .option('--older-than <duration>', 'only what was deleted so long ago: 30d, 12h, 1d12h', duration)
    .option('--keep-results <n>', 'of each step so many of the newest results (default: 10)', positiveInteger)
    .option('--keep-days <n>', 'and results that were used in so many days (default: 30)', notNegative)
    .option('--keep-logs <megabytes>', 'of what steps printed so much, the newest (default: 1000)', positiveNumber)
    .option('--dry-run', 'say what would go, and remove nothing')
    .action(gc);
}

async function gc({ olderThan, dryRun, keepResults, keepDays, keepLogs, ...options }: GcOptions): Promise<void> {
  const { api } = await connect(options);
  const request: GcRequest = {
    dry_run: dryRun,
    older_than_ms: olderThan,
    keep_results: keepResults,
    keep_days: keepDays,
    keep_log_megabytes: keepLogs,
  };
  const report = await api.post<GcReport>('/gc', request);
  print(options, report, inWords(report));
}

function inWords({ dry_run, runs, models, experiments, results, logs = 0, items, kept, freed }: GcReport): string {
  const [verb, frees, note] = dry_run
    ? ['Would remove', 'would free', ' (dry run: nothing was changed)']
    : ['Removed', 'freed', ''];
  const what = [
    count(runs, 'run'),
    count(models, 'logged model'),
    count(experiments, 'experiment'),
    ...(results > 0 ? [count(results, 'step result')] : []),
    ...(logs > 0 ? [count(logs, 'old log')] : []),
  ].join(', ');
  const lines = [`${verb} ${what}; ${frees} ${bytes(freed.bytes)} in ${count(freed.files, 'file')}${note}.`];
  const all = runs + models + experiments;
  if (all > 0) lines.push(asTable(items, all));
  if (kept.length > 0) {
    lines.push(`Kept, because versions of registered models have their files there:\n${asTable(kept, kept.length)}`);
  }
  return lines.join('\n\n');
}

function asTable(items: readonly GcItem[], all: number): string {
  const rows = items.slice(0, SHOWN).map((item) => {
    return [KINDS[item.kind], item.name, formatWhole(item.files), bytes(item.bytes), item.id];
  });
  const more = all > SHOWN ? `\n… and ${formatWhole(all - SHOWN)} more` : '';
  return table(['what', 'name', { right: 'files' }, { right: 'size' }, 'id'], rows) + more;
}
