import type { RunState } from '../../schemas/panels/runs.ts';
import { runName } from './names.ts';

/** Every point kept here, one a line: what a spreadsheet or pandas reads. */
export function pointsAsCsv(run: RunState): string {
  const lines = run.series.flatMap(({ key, points }) =>
    points.map(([step, timestamp, value]) =>
      [run.run_id, runName(run), key, step, moment(timestamp), value].map(cell).join(','),
    ),
  );
  return `${['run_id,run,metric,step,time,value', ...lines].join('\n')}\n`;
}

/** A script may log a time that no calendar has. */
function moment(timestamp: number): string {
  const date = new Date(timestamp);
  return Number.isNaN(date.getTime()) ? String(timestamp) : date.toISOString();
}

function cell(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
