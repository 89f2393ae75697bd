import type { Field } from './data/fields.ts';
import type { Runs } from './data/runs.ts';
import type { Aggregate } from './look.ts';
import { aggregateOf, commonText, isSummed } from './view/groups.ts';
import type { View } from './view/view.ts';

/** The lines that are shown with the columns that are shown, as RFC 4180 has it. */
export function tableAsCsv(runs: Runs, view: View, fields: readonly Field[], aggregate: Aggregate): string {
  const grouped = view.groups.length > 0;
  const heads = [...(grouped ? ['group', 'runs'] : []), 'run_id', ...fields.map(({ id }) => id)];
  const lines = [heads.map(textCell).join()];
  let group = '';
  for (const line of view.lines) {
    const one = line < 0 ? view.groups[-1 - line] : undefined;
    if (one) {
      group = textCell(one.value ?? '');
      const cells = fields.map((field) => groupCell(field, one.rows, aggregate));
      lines.push([group, one.rows.length, '', ...cells].join());
    } else {
      const cells = fields.map((field) => runCell(field, line));
      lines.push([...(grouped ? [group, ''] : []), textCell(runs.ids[line] ?? ''), ...cells].join());
    }
  }
  return `${lines.join('\r\n')}\r\n`;
}

function runCell(field: Field, row: number): string {
  const value = field.number(row);
  if (value === undefined || field.texts) return textCell(field.text(row) ?? '');
  if (field.type === 'time') return moment(value);
  return String(field.type === 'duration' ? value / 1000 : value);
}

function groupCell(field: Field, rows: Uint32Array, aggregate: Aggregate): string {
  if (!isSummed(field)) return textCell(commonText(rows, field) ?? '');
  const value = aggregateOf(rows, field, aggregate);
  if (value === undefined) return '';
  return String(field.type === 'duration' ? value / 1000 : value);
}

/** A script may log a time that no calendar has. */
function moment(at: number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? String(at) : date.toISOString();
}

const NUMBER = /^[+-]?(\d+([.]\d*)?|[.]\d+)(e[+-]?\d+)?$/i;

/** A spreadsheet takes what begins so for a formula and runs it: a quote before it makes it a text. Numbers are what they are. */
function textCell(text: string): string {
  const safe = /^[=+\-@\t\r\n]/.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
