import { describe } from 'vitest';
import { codeActions } from '../../../language-server/features/code-actions/code-actions.ts';
import { applyEdits } from '../../../schemas/language/fix/edits.ts';
import { comparePositions } from '../../../schemas/language/positions.ts';
import { goldenCases } from '../language/golden-cases.ts';
import { below, EXPECTED } from './below.ts';

/** The lines that are no longer there, and those that are new. */
function changes(before: string, after: string): string[] {
  const [old, now] = [before.split('\n'), after.split('\n')];
  let [first, last] = [0, 0];
  while (first < old.length && old[first] === now[first]) first++;
  while (last < old.length - first && last < now.length - first && old.at(-1 - last) === now.at(-1 - last)) last++;
  const part = (lines: string[], mark: string) =>
    lines.slice(first, lines.length - last).map((line) => `${mark} ${line}`);
  return [...part(old, '-'), ...part(now, '+')];
}

describe('actions make of the text what is drawn below it', () => {
  goldenCases('actions', EXPECTED, (text) => {
    const [, only] = /^#: only: (.*)$/m.exec(text) ?? [];
    return below(text, (analysis, cursor) =>
      codeActions(analysis, { start: cursor, end: cursor }, undefined, only ? [only] : undefined).flatMap(
        ({ title, kind, edit }) => {
          const edits = Object.values(edit?.changes ?? {}).flat();
          const inOrder = edits.toSorted((one, other) => comparePositions(one.range.start, other.range.start));
          return [`${kind}: ${title}`, ...changes(analysis.document.text, applyEdits(analysis.document.text, inOrder))];
        },
      ),
    );
  });
});
