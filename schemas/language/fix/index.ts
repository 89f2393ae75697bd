import type { Diagnostic } from '../diagnostic.ts';
import type { ChosenFix } from './edits.ts';
import { applyEdits, clearFixes } from './edits.ts';

export interface FixedText {
  text: string;
  /** what was mended, in order; places are those of the text just before */
  mended: ChosenFix[];
  /** what is left to say of the text */
  diagnostics: readonly Diagnostic[];
}

/** One fix may bring to light what needs another: a key that now is known has a value that is looked at. */
const MOST_ROUNDS = 20;
/** Then the text can no longer be read: whatever else is said of it follows from that. */
const BREAKS = ['CRISOL101', 'CRISOL102', 'CRISOL103', 'CRISOL104'];

/** Mends all that leaves no choice, until nothing more can be done. A fix that does not mend is not taken. */
export function fixAll(text: string, check: (text: string) => readonly Diagnostic[]): FixedText {
  const state: FixedText = { text, mended: [], diagnostics: check(text) };
  const useless = new Set<string>();
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const fixes = clearFixes(state.diagnostics).filter(({ diagnostic }) => !useless.has(keyOf(diagnostic)));
    if (fixes.length === 0) break;
    const taken = takeWhatMends(state, fixes, check);
    state.mended.push(...taken);
    if (taken.length === 0 && fixes[0]) useless.add(keyOf(fixes[0].diagnostic));
  }
  return state;
}

/** All of them, else half of them, at last one alone. */
function takeWhatMends(
  state: FixedText,
  fixes: readonly ChosenFix[],
  check: (text: string) => readonly Diagnostic[],
): readonly ChosenFix[] {
  for (let some = fixes; some.length > 0; some = some.slice(0, some.length >> 1)) {
    const edits = some.flatMap(({ fix }) => fix.edits);
    const text = applyEdits(state.text, edits);
    const diagnostics = check(text);
    if (!mends(some, state.diagnostics, diagnostics)) continue;
    Object.assign(state, { text, diagnostics });
    return some;
  }
  return [];
}

function mends(fixes: readonly ChosenFix[], before: readonly Diagnostic[], after: readonly Diagnostic[]): boolean {
  if (counted(after, ({ code }) => BREAKS.includes(code)) > counted(before, ({ code }) => BREAKS.includes(code))) {
    return false;
  }
  const left = Map.groupBy(after, keyOf);
  const had = Map.groupBy(before, keyOf);
  const wanted = Map.groupBy(fixes, ({ diagnostic }) => keyOf(diagnostic));
  return [...wanted].every(([key, some]) => (left.get(key)?.length ?? 0) <= (had.get(key)?.length ?? 0) - some.length);
}

const keyOf = ({ code, message }: Diagnostic): string => `${code} ${message}`;
const counted = <T>(all: readonly T[], matches: (one: T) => boolean): number => all.filter(matches).length;
