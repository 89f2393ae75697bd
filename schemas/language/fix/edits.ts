import type { Diagnostic, Fix, TextEdit } from '../diagnostic.ts';
import { comparePositions, indexLines } from '../positions.ts';

/** A fix that leaves no choice, and the diagnostic that it mends. */
export interface ChosenFix {
  diagnostic: Diagnostic;
  fix: Fix;
}

/** Of each diagnostic its only sure fix, as far as they keep out of each other's way: from several a person must choose. */
export function clearFixes(diagnostics: readonly Diagnostic[]): ChosenFix[] {
  const chosen: ChosenFix[] = [];
  const taken: TextEdit[] = [];
  for (const diagnostic of diagnostics) {
    const [fix, ...others] = diagnostic.fixes ?? [];
    if (
      !fix ||
      fix.unsure ||
      others.length > 0 ||
      fix.edits.some((edit) => taken.some((other) => overlap(edit, other)))
    )
      continue;
    chosen.push({ diagnostic, fix });
    taken.push(...fix.edits);
  }
  return chosen;
}

/** Touching counts: what two say of one place depends on which comes first. */
function overlap({ range: a }: TextEdit, { range: b }: TextEdit): boolean {
  return comparePositions(a.start, b.end) <= 0 && comparePositions(b.start, a.end) <= 0;
}

/** The text after all of these edits, which do not overlap. Lines that they bring end as the others do. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const lines = indexLines(text);
  const ending = /\r\n|\r|\n/.exec(text)?.[0] ?? '\n';
  const inOrder = [...edits].sort((a, b) => comparePositions(a.range.start, b.range.start));
  let done = 0;
  const parts = inOrder.map(({ range, newText }) => {
    const before = text.slice(done, lines.offset(range.start));
    done = lines.offset(range.end);
    return before + newText.replaceAll(/\r\n|\r|\n/g, ending);
  });
  return parts.join('') + text.slice(done);
}
