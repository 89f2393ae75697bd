import type { Command } from 'commander';
import type { Model, ModelList, Promotion } from '../../../schemas/wire/registry.ts';
import { segment } from '../api.ts';
import type { CommonOptions } from '../command.ts';
import { command, connect, print } from '../command.ts';
import { WORK_FAILED } from '../exit-codes.ts';
import { ago, metricText, table } from '../text.ts';

const SHOWN_METRICS = 3;

interface PromoteOptions extends CommonOptions {
  to: string;
  reason?: string;
  dryRun?: boolean;
}

/** models, promote */
export function modelCommands(): Command[] {
  return [
    command('models', 'list registered models with their versions').action(models),
    command('promote', 'move a version to another stage')
      .argument('<model>')
      .argument('<version>')
      .requiredOption('--to <stage>', 'development, staging, production or archived')
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
  const rows = versions.map(({ version, stage, created_at, metrics }) => {
    const shown = Object.entries(metrics).slice(0, SHOWN_METRICS);
    return [
      `v${version}`,
      stage,
      ago(created_at),
      shown.map(([key, value]) => `${key} ${metricText({ value })}`).join('  '),
    ];
  });
  return `${name}\n${table(['version', 'stage', 'made', 'metrics'], rows)}`;
}

async function promote(model: string, version: string, options: PromoteOptions): Promise<void> {
  const { api } = await connect(options);
  const request = { to: options.to, reason: options.reason ?? '', dry_run: options.dryRun };
  const path = `/models/${segment(model)}/versions/${segment(version.replace(/^v/, ''))}/promote`;
  const promotion = await api.post<Promotion>(path, request);
  print(options, promotion, inWords(promotion, options.to));
  if (promotion.checks.some(({ ok }) => !ok)) process.exitCode = WORK_FAILED;
}

function inWords({ name, version, from, dry_run, checks, effects }: Promotion, to: string): string {
  const lines = [
    `${name} v${version}: ${from} → ${to}${dry_run ? ' (dry run: nothing was changed)' : ''}`,
    ...checks.map((check) => `  ${check.ok ? '✓' : '✗'} ${check.name}: ${check.detail}`),
    ...effects.map((effect) => `  ${effect}`),
  ];
  return lines.join('\n');
}
