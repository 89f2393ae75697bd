import type { Signature } from '../../schemas/model.ts';
import type { FeatureRecord } from '../../schemas/wire/serving.ts';

export type ReadJson = { record: FeatureRecord; mistake: null } | { record: null; mistake: string };

export function toJson(record: FeatureRecord): string {
  return JSON.stringify(record, null, 2);
}

/** One object of plain values. What the model does not know or lacks is named before anything is sent. */
export function readJson(text: string, { inputs }: Signature): ReadJson {
  const parsed = parse(text);
  if ('mistake' in parsed) return { record: null, mistake: parsed.mistake };
  const value = parsed.value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { record: null, mistake: 'Write one object: {"column": value, …}.' };
  }
  const names = inputs.map(({ name }) => name);
  const unknown = Object.keys(value).filter((name) => !names.includes(name));
  if (unknown.length > 0) return { record: null, mistake: `The model has no column ${list(unknown)}.` };
  const missing = names.filter((name) => !Object.hasOwn(value, name));
  if (missing.length > 0) return { record: null, mistake: `Missing: ${list(missing)}. Use null for an unknown value.` };
  const nested = Object.entries(value).find(([, cell]) => typeof cell === 'object' && cell !== null);
  if (nested) return { record: null, mistake: `“${nested[0]}” must be a number, a text, true, false or null.` };
  return { record: value as FeatureRecord, mistake: null };
}

function parse(text: string): { value: unknown } | { mistake: string } {
  try {
    return { value: JSON.parse(text) };
  } catch (failure) {
    return { mistake: `This is no valid JSON: ${failure instanceof Error ? failure.message : String(failure)}` };
  }
}

function list(names: string[]): string {
  const shown = names.slice(0, 3).map((name) => `“${name}”`);
  return names.length > 3 ? `${shown.join(', ')} and ${names.length - 3} more` : shown.join(', ');
}
