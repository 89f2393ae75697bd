import type { PreparedColumn } from './prepare.ts';
import { onlyValue } from './prepare.ts';

const NAMED = 5;
const LONGEST = 40;
/** More missing values than before are worth a word from this difference on. */
const MISSING_DIFFERENCE = 0.05;

/** Why no test makes sense; undefined where one does. */
export function whyNotComparable(
  reference: PreparedColumn | undefined,
  current: PreparedColumn | undefined,
  minRows: number,
): string | undefined {
  if (!reference) return 'not in the reference';
  if (!current) return 'not in the current data';
  if (reference.kind !== current.kind) return `${reference.kind} in the reference, ${current.kind} in the current data`;
  if (reference.rows === 0) return 'empty in the reference';
  if (current.rows === 0) return 'empty in the current data';
  const [fewer, where] = reference.rows < current.rows ? [reference.rows, 'reference'] : [current.rows, 'current data'];
  if (fewer < minRows) return `too few rows: ${fewer} in the ${where}, ${minRows} needed`;
  const only = onlyValue(reference);
  if (only !== undefined && only === onlyValue(current)) return `constant: always ${shortened(String(only))}`;
  return undefined;
}

export function newCategoriesNote(reference: PreparedColumn, current: PreparedColumn): string {
  if (reference.kind !== 'category' || current.kind !== 'category') return '';
  const fresh = [...current.counts.entries()]
    .filter(([category]) => !reference.counts.has(category))
    .sort(([, a], [, b]) => b - a)
    .map(([category]) => shortened(category));
  if (fresh.length === 0) return '';
  const more = fresh.length > NAMED ? ` and ${fresh.length - NAMED} more` : '';
  return `new: ${fresh.slice(0, NAMED).join(', ')}${more}`;
}

export function missingNote(reference: PreparedColumn, current: PreparedColumn): string {
  const [before, now] = [missingShare(reference), missingShare(current)];
  if (now - before < MISSING_DIFFERENCE) return '';
  return `${percent(now)} missing (reference: ${percent(before)})`;
}

function missingShare({ rows, missing }: PreparedColumn): number {
  return missing / Math.max(1, rows + missing);
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function shortened(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}
