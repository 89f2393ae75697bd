import type { JsonValue } from '../../../schemas/language/json.ts';
import { endingOf } from '../../../schemas/panels/artifact-kinds.ts';
import type { FileContent } from './content.ts';
import { OTHER } from './content.ts';
import { numbersIn } from './numbers.ts';
import { rowsIn } from './rows.ts';
import type { Table } from './series.ts';
import { seriesIn, tableIn, tableOf } from './series.ts';
import { readValue } from './value.ts';

const SEPARATORS: Readonly<Record<string, ',' | '\t'>> = { csv: ',', tsv: '\t' };
const VALUES = ['json', 'yaml', 'yml'];

/** Whether a plot in this file can be a series; others are looked at as they are. */
export const mayHoldSeries = (path: string): boolean => {
  const ending = endingOf(path);
  return Object.hasOwn(SEPARATORS, ending) || VALUES.includes(ending);
};

/** A file of `metrics`: numbers by their names, or series. What has another ending is read as YAML. */
export function readMetrics(path: string, written: string): FileContent {
  const text = written.replace(/^\uFEFF/, '');
  const separator = SEPARATORS[endingOf(path)];
  if (separator) return readTable(text, separator);
  if (endingOf(path) === 'toml') return unread('metrics are read from JSON, YAML, CSV and TSV');
  const read = readValue(text);
  if (!('value' in read)) return { ...OTHER, kind: 'numbers', wrong: [read] };
  const table = Array.isArray(read.value) ? tableIn(read.value) : undefined;
  if (table) return { kind: 'series', ...seriesIn(table) };
  return numbersOf(read.value, stemOf(path));
}

/** A file of `plots`: series, where a column counts; else something to look at. */
export function readPlots(path: string, written: string): FileContent {
  const text = written.replace(/^\uFEFF/, '');
  const separator = SEPARATORS[endingOf(path)];
  if (separator) {
    const { table, wrong } = tableOf(rowsIn(text, separator));
    return plotOf(table, wrong);
  }
  const read = readValue(text);
  if (!('value' in read)) return { ...OTHER, wrong: [read] };
  const table = tableIn(read.value);
  return table ? plotOf(table, []) : OTHER;
}

function readTable(text: string, separator: ',' | '\t'): FileContent {
  const { table, wrong } = tableOf(rowsIn(text, separator));
  const series = seriesIn(table);
  return { kind: 'series', points: series.points, wrong: [...wrong, ...series.wrong] };
}

function plotOf(table: Table, wrong: FileContent['wrong']): FileContent {
  const series = seriesIn(table);
  if (!series.counts) return { ...OTHER, wrong };
  return { kind: 'series', points: series.points, wrong: [...wrong, ...series.wrong] };
}

/** dvclive says in `step` how far it came. */
function numbersOf(value: JsonValue, alone: string): FileContent {
  const found = numbersIn(value);
  const at = found.find(([name]) => name === 'step')?.[1] ?? 0;
  const hasStep = Number.isSafeInteger(at);
  const points = found
    .filter(([name]) => name !== 'step' || !hasStep)
    .map(([name, number]) => ({ name: name || alone, value: number, step: hasStep ? at : 0 }));
  if (points.length === 0) return unread('there is no number in it');
  return { kind: 'numbers', points, wrong: [] };
}

const unread = (message: string): FileContent => ({ kind: 'numbers', points: [], wrong: [{ message }] });

export function stemOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.replace(/(?!^)\.[^.]*$/, '');
}
