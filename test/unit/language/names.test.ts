import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Occurrence } from '../../../schemas/language/names/occurrence.ts';
import { renaming } from '../../../schemas/language/names/rename.ts';
import { parsePipelineFile } from '../../../schemas/language/parse.ts';
import type { Span } from '../../../schemas/language/positions.ts';
import { anyText } from './any-text.ts';

const namesOf = (text: string) => parsePipelineFile(text).names;

function edited(text: string, edits: readonly { span: Span; newText: string }[]): string {
  const last = edits.toSorted((a, b) => b.span[0] - a.span[0]);
  return last.reduce(
    (whole, { span: [start, end], newText }) => whole.slice(0, start) + newText + whole.slice(end),
    text,
  );
}

const editsOf = ({ places, newText }: { places: Occurrence[]; newText: string }) =>
  places.map(({ span }) => ({ span, newText }));

it('whatever is renamed and renamed back is as it was, and nothing is lost on the way', () => {
  fc.assert(
    fc.property(anyText, fc.nat(), (text, at) => {
      const names = namesOf(text);
      const target = names[at % Math.max(1, names.length)];
      if (!target) return;
      const oldName = target.kind === 'param' ? (target.name.split('.').at(-1) ?? '') : target.name;
      const there = renaming(names, target, 'quite_new');
      if ('refused' in there) return;
      const renamed = edited(text, editsOf(there));
      const [first] = there.places.toSorted((a, b) => a.span[0] - b.span[0]);
      const moved = namesOf(renamed).find(({ span: [start] }) => start === first?.span[0]);
      expect(moved?.kind).toBe(target.kind);
      if (!moved) return;
      const back = renaming(namesOf(renamed), moved, oldName);
      // names that are written in quotes, or as no name should be
      if ('refused' in back) return;
      expect(edited(renamed, editsOf(back))).toBe(text);
    }),
    { numRuns: 300 },
  );
});

it('every name stands where it is said to stand', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      for (const { kind, name, span } of namesOf(text)) {
        const shown = text.slice(...span);
        if (kind === 'param') expect(name.endsWith(shown)).toBe(true);
        else if (kind !== 'path') expect(shown).toBe(name);
      }
    }),
    { numRuns: 300 },
  );
});
