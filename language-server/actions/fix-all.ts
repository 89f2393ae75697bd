import type { Diagnostic, TextEdit } from '../../schemas/language/diagnostic.ts';
import { comparePositions } from '../../schemas/language/positions.ts';

/** The fix of each diagnostic that has but one, as far as they do not touch the same place: nothing is chosen for a person. */
export function allFixes(diagnostics: readonly Diagnostic[]): TextEdit[] {
  const taken: TextEdit[] = [];
  for (const { fixes } of diagnostics) {
    const [fix, other] = fixes ?? [];
    const edits = fix && !other ? fix.edits : [];
    if (!edits.some((edit) => taken.some((before) => overlap(edit, before)))) taken.push(...edits);
  }
  return taken.sort((one, other) => comparePositions(one.range.start, other.range.start));
}

function overlap({ range: one }: TextEdit, { range: other }: TextEdit): boolean {
  const isApart = comparePositions(one.end, other.start) < 0 || comparePositions(other.end, one.start) < 0;
  return !isApart;
}
