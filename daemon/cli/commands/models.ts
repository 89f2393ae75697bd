import type { Command } from 'commander';
import { Option } from 'commander';
import { STAGES } from '../../../schemas/model-ref.ts';
import type { Model, ModelList, Promotion, PromotionCheck, Stage } from '../../../schemas/wire/registry.ts';
import { segment } from '../api.ts';
import type { CommonOptions } from '../command.ts';
import { command, connect, print } from '../command.ts';
import { WORK_FAILED } from '../exit-codes.ts';
import { ago, headline, table } from '../text.ts';
import { versionNumber } from '../usage.ts';

interface PromoteOptions extends CommonOptions {
  to: Stage;
  reason?: string;
  dryRun?: boolean;
}

/** models, promote */
export function modelCommands(): Command[] {
  return [
    command('models', 'list registered models with their versions').action(models),
    command('promote', 'move a version to another stage')
      .argument('<model>')
      .argument('<version>', 'its number', versionNumber)
      .addOption(new Option('--to <stage>', 'where to').choices(STAGES).makeOptionMandatory())
      .option('--reason <text>', 'why; the history keeps it')
      .option('--dry-run', 'say what would happen, and change nothing')
      .action(promote),
  ];
}

async function models(options: CommonOptions): Promise<void> {
  const { api } = await connect(options);
  const list = await api.get<ModelList>('/models');
  const text = list.models.map(describe).join('\n\n');
  print(options, list, text || 'No models yet. The step `register` of a pipeline makes one.');
}

function describe({ name, versions }: Model): string {
  const rows = versions.map(({ version, stage, created_at, metrics }) => [
    `v${version}`,
    stage,
    ago(created_at),
    headline(Object.entries(metrics)),
  ]);
  return `${name}\n${table(
    ['  version', 'stage', 'registered', 'metrics'],
    rows.map(([version, ...rest]) => [`  ${version}`, ...rest]),
  )}`;
}

async function promote(model: string, version: number, options: PromoteOptions): Promise<void> {
  const { api } = await connect(options);
  const request = { to: options.to, reason: options.reason ?? '', dry_run: options.dryRun };
  const promotion = await api.post<Promotion>(`/models/${segment(model)}/versions/${version}/promote`, request);
  print(options, promotion, inWords(promotion, options.to));
  if (promotion.checks.some(({ ok, blocking }) => blocking && !ok)) process.exitCode = WORK_FAILED;
}

function inWords({ name, version, from, dry_run, checks, effects }: Promotion, to: string): string {
  const width = Math.max(...checks.map((check) => check.name.length));
  const lines = [
    `${name} v${version}: ${from} → ${to}${dry_run ? ' (dry run: nothing was changed)' : ''}`,
    ...checks.map((check) => `  ${sign(check)} ${check.name.padEnd(width)}  ${check.detail}`),
    ...effects.map((effect) => `  · ${effect}`),
  ];
  return lines.join('\n');
}

/** What only advises does not stop a promotion, and must not look as if it did. */
function sign({ ok, blocking }: PromotionCheck): string {
  if (ok) return '✓';
  return blocking ? '✗' : '!';
}
