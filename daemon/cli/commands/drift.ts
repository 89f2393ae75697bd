import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Command } from 'commander';
import type { DriftReport, MonitorList } from '../../../schemas/wire/monitoring.ts';
import { errorOfBody } from '../../base/errors.ts';
import { programPath } from '../../base/programs.ts';
import type { FramesDrift } from '../../monitoring/index.ts';
import { segment } from '../api.ts';
import { columnTable } from '../columns.ts';
import type { CommonOptions } from '../command.ts';
import { command, connect, print } from '../command.ts';
import { count, table } from '../text.ts';
import { notNegative } from '../usage.ts';

const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;

interface DriftOptions extends CommonOptions {
  threshold?: number;
  columns?: string[];
}

/** drift between two files, monitors, monitor */
export function driftCommands(): Command[] {
  return [
    command('drift', 'compare two data files column by column (CSV, Parquet, NDJSON)')
      .argument('<reference>')
      .argument('<current>')
      .option('--threshold <number>', 'the effect above which a column has drifted (default: 0.1)', notNegative)
      .option('--columns <names...>', 'only these')
      .action(drift),
    command('monitors', 'list the monitors of crisol.yaml').action(monitors),
    command('monitor', "show a monitor's report").argument('<name>').action(monitor),
  ];
}

async function drift(reference: string, current: string, options: DriftOptions): Promise<void> {
  const { threshold, columns } = options;
  const result = await compare({ reference: resolve(reference), current: resolve(current), threshold, columns });
  const drifted = result.columns.filter(({ state }) => state === 'drift').length;
  const summary = `${drifted} of ${count(result.columns.length, 'column')} drifted`;
  print(options, result, `${columnTable(result.columns)}\n\n${summary}`);
}

/** In a process of its own: reading the files needs DuckDB, which is too heavy to load for every command. */
async function compare(task: object): Promise<FramesDrift> {
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const args = [programPath('drift-files'), JSON.stringify(task)];
  try {
    const { stdout } = await promisify(execFile)(process.execPath, args, { env, maxBuffer: MAX_OUTPUT_BYTES });
    return JSON.parse(stdout);
  } catch (thrown) {
    const { stdout } = Object(thrown);
    throw typeof stdout === 'string' && stdout.startsWith('{') ? errorOfBody(JSON.parse(stdout)) : thrown;
  }
}

async function monitors(options: CommonOptions): Promise<void> {
  const { api } = await connect(options);
  const list = await api.get<MonitorList>('/monitors');
  const rows = list.monitors.map(({ name, state, endpoint, sentence }) => [name, state, endpoint, sentence]);
  const text =
    rows.length > 0 ? table(['monitor', 'state', 'endpoint', 'report'], rows) : 'crisol.yaml names no monitors.';
  print(options, list, text);
}

async function monitor(name: string, options: CommonOptions): Promise<void> {
  const { api } = await connect(options);
  const report = await api.get<DriftReport>(`/monitors/${segment(name)}`);
  const details = report.column_reports.length > 0 ? `\n\n${columnTable(report.column_reports)}` : '';
  print(options, report, report.sentence + details);
}
