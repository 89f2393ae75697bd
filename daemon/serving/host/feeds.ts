import type { InputColumn, Signature } from '../../../schemas/model.ts';
import type { FeatureRecord } from '../../../schemas/wire/serving.ts';
import { CrisolError } from '../../base/errors.ts';
import { describeValue } from './records.ts';
import type { Feeds } from './thread-protocol.ts';

/** What a missing category becomes: a word that no model learnt, so that its one-hot columns are all 0. */
const MISSING_TEXT = '';

/** Each one is kept in windows and in the log of predictions; a category is no place for a book. */
const LONGEST_TEXT = 1000;

/** Checks records against the signature and packs them for the graph. Refuses with the row and the column that is wrong. */
export function toFeeds({ inputs }: Signature, records: readonly FeatureRecord[]): Feeds {
  const rows = records.length;
  for (const [row, record] of records.entries()) refuseUnknown(inputs, record, row, rows);
  const numberColumns = inputs.filter(({ kind }) => kind === 'number');
  const feeds: Feeds = { rows, numbers: new Float32Array(rows * numberColumns.length), texts: [] };
  let offset = 0;
  for (const { name, kind } of inputs) {
    for (const [row, record] of records.entries()) {
      const place = { name, row, rows };
      const value = Object.hasOwn(record, name) ? record[name] : undefined;
      if (value === undefined) throw invalid(place, 'is missing; send null for a value that is not known');
      if (kind === 'number') feeds.numbers[offset++] = toNumber(value, place);
      else feeds.texts.push(toText(value, place));
    }
  }
  return feeds;
}

interface Place {
  name: string;
  row: number;
  rows: number;
}

function refuseUnknown(inputs: readonly InputColumn[], record: FeatureRecord, row: number, rows: number): void {
  const names = Object.keys(record);
  if (names.length <= inputs.length && names.every((name, index) => inputs[index]?.name === name)) return;
  const unknown = names.find((name) => !inputs.some((input) => input.name === name));
  if (unknown !== undefined) throw invalid({ name: unknown, row, rows }, 'is not an input of this model');
}

function toNumber(value: unknown, place: Place): number {
  if (value === null) return Number.NaN;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value !== 'number') throw invalid(place, `is a number for this model, not ${describeValue(value)}`);
  // the graph computes in float32, which can't hold what is beyond ±3.4e38
  if (!Number.isFinite(Math.fround(value))) throw invalid(place, `is not a finite number that fits into float32`);
  return value;
}

function toText(value: unknown, place: Place): string {
  if (value === null) return MISSING_TEXT;
  if (typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') throw invalid(place, `is text for this model, not ${describeValue(value)}`);
  if (value.length > LONGEST_TEXT) throw invalid(place, `has ${value.length} characters, more than ${LONGEST_TEXT}`);
  return value;
}

function invalid({ name, row, rows }: Place, problem: string): CrisolError {
  const where = rows > 1 ? ` (row ${row + 1})` : '';
  return new CrisolError('ENDPOINT_INPUT_INVALID', `Column "${name}"${where} ${problem}.`);
}
