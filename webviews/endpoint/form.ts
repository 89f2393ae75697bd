import type { InputColumn, Signature } from '../../schemas/model.ts';
import type { FeatureRecord, FeatureValue } from '../../schemas/wire/serving.ts';
import { formatShort } from '../shared/format.ts';

export type Texts = Record<string, string>;

export interface Filled {
  record: FeatureRecord;
  /** column → what is wrong with it; nothing is sent while there is one */
  mistakes: Record<string, string>;
}

export function exampleTexts({ inputs }: Signature): Texts {
  return Object.fromEntries(inputs.map((column) => [column.name, String(column.example)]));
}

/** The text of a field; what was never touched shows the model's example. */
export function textOf(column: InputColumn, texts: Texts): string {
  const text = Object.hasOwn(texts, column.name) ? texts[column.name] : undefined;
  return text ?? String(column.example);
}

export function readForm({ inputs }: Signature, texts: Texts): Filled {
  // maps first: a column may be called `constructor` or `__proto__`
  const record = new Map<string, FeatureValue>();
  const mistakes = new Map<string, string>();
  for (const column of inputs) {
    const text = textOf(column, texts).trim();
    const value = readValue(column, text);
    if (value === undefined) mistakes.set(column.name, `“${text}” is no number. Write it as 1.5 or −3.`);
    else record.set(column.name, value);
  }
  return { record: Object.fromEntries(record), mistakes: Object.fromEntries(mistakes) };
}

export function mistakeIn(mistakes: Filled['mistakes'], column: string): string | undefined {
  return Object.hasOwn(mistakes, column) ? mistakes[column] : undefined;
}

/** An empty number field is a missing value: whether the model can do without is for the endpoint to say. */
function readValue(column: InputColumn, text: string): FeatureValue | undefined {
  if (column.kind === 'category') return text;
  if (text === '') return null;
  const number = Number(text.replace('−', '-'));
  return Number.isFinite(number) ? number : undefined;
}

/** What the model knows of the column, beside the field. */
export function hintOf(column: InputColumn): string {
  if (column.kind === 'category') return `${column.categories.length} known values`;
  const kind = column.integer ? 'whole number, ' : '';
  return `${kind}${formatShort(column.min)} to ${formatShort(column.max)} in training`;
}

/** Not wrong, but the model never saw the like. */
export function cautionOf(column: InputColumn, text: string): string | null {
  const value = readValue(column, text.trim());
  if (column.kind === 'category') {
    return column.categories.includes(text) ? null : 'The model never saw this value.';
  }
  if (typeof value !== 'number') return null;
  if (value < column.min || value > column.max) return 'Outside of what the model was trained on.';
  return column.integer && !Number.isInteger(value) ? 'The model was trained on whole numbers.' : null;
}

/** What an arrow key adds: one, or for small ranges about a hundredth of it. */
export function stepOf(column: InputColumn): number {
  if (column.kind === 'category' || column.integer) return 1;
  const range = column.max - column.min;
  return range > 0 && Number.isFinite(range) ? 10 ** Math.floor(Math.log10(range / 20)) : 0.1;
}

export function stepped(column: InputColumn, text: string, direction: 1 | -1): string {
  const step = stepOf(column);
  const value = Number(text || 0);
  if (!Number.isFinite(value)) return text;
  const decimals = Math.max(0, -Math.floor(Math.log10(step)), (text.split('.')[1] ?? '').length);
  return String(Number((value + direction * step).toFixed(Math.min(decimals, 12))));
}

export function textsOf(record: FeatureRecord): Texts {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, value === null ? '' : String(value)]));
}
