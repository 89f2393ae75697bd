import fc from 'fast-check';

/** Something cut out at a place, something put in. The place is a share of the text, so that it fits any. */
export interface Edit {
  at: number;
  removed: number;
  added: string;
}

const TYPED = [
  '\n',
  '\n  ',
  ' ',
  ':',
  ': ',
  '"',
  "'",
  '- ',
  '#',
  '[',
  '{',
  '}',
  'a',
  'x: 1',
  '\n  b:\n    run: x',
  '&a ',
  '*a',
  '<<: *a',
  '\r\n',
  '\t',
];
const MORE = [
  '---\n',
  '? ',
  '|\n',
  '$' + '{{ params.a }}',
  '\n\n',
  'steps:\n',
  '  ',
  '\uFEFF',
  '\r',
  '%',
  'params: {a: 1}\n',
  '  c:\n    uses: train\n',
];

export const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  removed: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.nat(3), fc.nat(60)),
  added: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...TYPED, ...MORE) },
    fc.constant(''),
    fc.string({ maxLength: 3 }),
  ),
});

export function edited(text: string, { at, removed, added }: Edit): string {
  const from = Math.round(at * text.length);
  return text.slice(0, from) + added + text.slice(from + removed);
}
