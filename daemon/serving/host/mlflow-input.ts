import type { FeatureRecord } from '../../../schemas/wire/serving.ts';
import { CrisolError } from '../../base/errors.ts';
import { isRecord, recordList, recordsOfColumns } from './records.ts';

const FORMATS = {
  dataframe_records: (value: unknown) => recordList(value) ?? refuse('"dataframe_records" is a list of JSON objects.'),
  dataframe_split: splitRecords,
  instances: (value: unknown) => recordList(value) ?? refuse('"instances" is a list of JSON objects, one a row.'),
  inputs: inputRecords,
} as const;

/** The body of MLflow's `/invocations`: exactly one of its formats, beside it at most `params`. */
export function mlflowRecords(body: unknown): FeatureRecord[] {
  if (!isRecord(body)) return refuse(`Send a JSON object with one of ${formatNames()}.`);
  const entries = Object.entries(body as Record<string, unknown>).filter(([key]) => key !== 'params');
  const [key, value] = entries[0] ?? [];
  if (entries.length !== 1 || key === undefined || !isFormat(key)) {
    return refuse(
      `Send exactly one of ${formatNames()}; the body has ${entries.map(([name]) => `"${name}"`).join(', ') || 'none'}.`,
    );
  }
  return FORMATS[key](value);
}

function splitRecords(value: unknown): FeatureRecord[] {
  const { columns, data } = isRecord(value) ? (value as { columns?: unknown; data?: unknown }) : {};
  if (!isTextList(columns) || !Array.isArray(data))
    return refuse('"dataframe_split" is {"columns": […], "data": [[…], …]}.');
  if (new Set(columns).size !== columns.length) return refuse('"dataframe_split" names a column twice.');
  return data.map((row: unknown, index) => {
    if (!Array.isArray(row) || row.length !== columns.length) {
      return refuse(`Row ${index + 1} of "data" does not have one value for each of the ${columns.length} columns.`);
    }
    return Object.fromEntries(columns.map((name, column) => [name, row[column]]));
  });
}

/** Columns by name, or, as newer clients send it, a list of records. */
function inputRecords(value: unknown): FeatureRecord[] {
  const records = recordList(value);
  if (records) return records;
  if (!isRecord(value)) return refuse('"inputs" is {"column": [values], …}.');
  const columns = Object.entries(value as Record<string, unknown>).map(([name, values]): [string, unknown[]] => {
    if (!Array.isArray(values)) return refuse(`"inputs" has no list for the column "${name}".`);
    return [name, values.map((item: unknown) => (Array.isArray(item) && item.length === 1 ? item[0] : item))];
  });
  const rows = columns[0]?.[1].length ?? 0;
  const odd = columns.find(([, values]) => values.length !== rows);
  if (odd) return refuse(`The column "${odd[0]}" has ${odd[1].length} values, the first one ${rows}.`);
  return recordsOfColumns(columns, rows);
}

function isFormat(key: string): key is keyof typeof FORMATS {
  return Object.hasOwn(FORMATS, key);
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function formatNames(): string {
  return Object.keys(FORMATS).join(', ');
}

function refuse(message: string): never {
  throw new CrisolError('BAD_REQUEST', message);
}
