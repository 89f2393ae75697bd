import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Command } from 'commander';
import type { ErrorCode } from '../../../schemas/errors.ts';
import { ERRORS } from '../../../schemas/errors.ts';
import type { ColumnDrift, DriftReport, MonitorList } from '../../../schemas/wire/monitoring.ts';
import { CrisolError } from '../../base/errors.ts';
import { programPath } from '../../base/programs.ts';
import type { FramesDrift } from '../../monitoring/index.ts';
import { segment } from '../api.ts';
import type { CommonOptions } from '../command.ts';
import { command, connect, print } from '../command.ts';
import { table } from '../text.ts';

const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;

interface DriftOptions extends CommonOptions {
  threshold?: string;
  columns?: string[];
}

/** drift between two files, monitors, monitor */
export function driftCommands(): Command[] {
  return [
    command('drift', 'compare two data files column by column (CSV, Parquet, NDJSON)')
      .argument('<reference>')
      .argument('<current>')
      .option('--threshold <number>', 'the effect from which on a column has drifted')
      .option('--columns <names...>', 'only these')
      .action(drift),
    command('monitors', 'list the monitors of crisol.yaml').action(monitors),
    command('monitor', "show a monitor's report").argument('<name>').action(monitor),
  ];
}

async function drift(reference: string, current: string, options: DriftOptions): Promise<void> {
  const threshold = options.threshold === undefined ? undefined : Number(options.threshold);
  if (threshold !== undefined && !(threshold >= 0))
    throw new CrisolError('INVALID_PARAMETER_VALUE', '--threshold is not a number.');
  const result = await compare({
    reference: resolve(reference),
    current: resolve(current),
    threshold,
    columns: options.columns,
  });
  const drifted = result.columns.filter(({ state }) => state === 'drift').length;
  print(options, result, `${columnTable(result.columns)}\n\n${drifted} of ${result.columns.length} columns drifted`);
}

/** In a process of its own: reading the files needs DuckDB, which is too heavy to load for every command. */
async function compare(task: object): Promise<FramesDrift> {
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const args = [programPath('drift-files'), JSON.stringify(task)];
  try {
    const { stdout } = await promisify(execFile)(process.execPath, args, { env, maxBuffer: MAX_OUTPUT_BYTES });
    return JSON.parse(stdout);
  } catch (thrown) {
    throw failureOf(thrown);
  }
}

function failureOf(thrown: unknown): unknown {
  const { stdout } = Object(thrown);
  if (typeof stdout !== 'string' || !stdout.startsWith('{')) return thrown;
  const { error_code, message, hint } = JSON.parse(stdout);
  const code: ErrorCode = Object.hasOwn(ERRORS, error_code) ? error_code : 'INTERNAL_ERROR';
  return new CrisolError(code, message, { hint });
}

async function monitors(options: CommonOptions): Promise<void> {
  const { api } = await connect(options);
  const list = await api.get<MonitorList>('/monitors');
  const rows = list.monitors.map(({ name, state, endpoint, sentence }) => [name, state, endpoint, sentence]);
  print(
    options,
    list,
    rows.length > 0 ? table(['monitor', 'state', 'endpoint', ''], rows) : 'crisol.yaml names no monitors.',
  );
}

async function monitor(name: string, options: CommonOptions): Promise<void> {
  const { api } = await connect(options);
  const report = await api.get<DriftReport>(`/monitors/${segment(name)}`);
  const details = report.column_reports.length > 0 ? `\n\n${columnTable(report.column_reports)}` : '';
  print(options, report, report.sentence + details);
}

function columnTable(columns: readonly ColumnDrift[]): string {
  const rows = columns.map(({ name, state, test, statistic, p_value, effect_name, effect, threshold, note }) => {
    return [
      name,
      state,
      test,
      digits(statistic),
      digits(p_value),
      `${effect_name} ${digits(effect)}`,
      String(threshold),
      note,
    ];
  });
  return table(['column', 'state', 'test', 'statistic', 'p', 'effect', 'threshold', ''], rows);
}

function digits(value: number | null): string {
  return value === null ? '–' : String(Number(value.toPrecision(3)));
}
