import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parsePiece } from '../../../schemas/language/syntax/piece.ts';
import { readPlainPiece } from '../../../schemas/language/syntax/plain-piece.ts';
import { newGround } from '../../../schemas/language/syntax/tree.ts';
import { plainTree } from './plain-tree.ts';

const PLAIN = [
  'a',
  '5',
  '"q"',
  "'s'",
  'x y',
  '-7',
  '0.50',
  './x',
  '$' + '{{ params.a }}',
  'a, b',
  'a]',
  "it's",
  '"a b "',
  '""',
];
const ODD = [
  ...[
    'true',
    'NULL',
    'tRue',
    '~',
    '1.',
    '-0',
    '007',
    '.5',
    '.inf',
    '.NaN',
    '1e3',
    '0x1F',
    '0o7',
    '1_000',
    '2024-01-01',
  ],
  ...[
    '99999999999999999999',
    'no',
    '_',
    '..',
    '...',
    '---',
    '-',
    '- a',
    '? a',
    '?',
    '*a',
    '&a b',
    '!t b',
    '|',
    '>',
    '%',
    '@a',
  ],
  ...['"x\\n"', "'it''s'", '"open', "'", '[a]', '{a: b}', '[a', 'x:y', 'a: b', 'x#y', 'x #y', 'é', 'a\\b', '12:30', ''],
];
const KEYS = ['step-1', 'x.y', '"q"', 'a b', '1', '<<', 'null', '_', 'é', '- a', '-', '?'];

const value = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...PLAIN) },
  { weight: 1, arbitrary: fc.constantFrom(...ODD) },
);
const key = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom('a', 'b', 'c') },
  { weight: 1, arbitrary: fc.constantFrom(...KEYS) },
);
const content = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(key, value).map((entry) => entry.join(': ')) },
  { weight: 2, arbitrary: key.map((name) => `${name}:`) },
  { weight: 2, arbitrary: value.map((item) => `- ${item}`) },
  { weight: 1, arbitrary: value },
);
const end = fc.oneof(
  { weight: 12, arbitrary: fc.constant('\n') },
  {
    weight: 3,
    arbitrary: fc.constantFrom(' \n', ' # c\n', ' #\n', '\r\n', '\n\n', '\n  \n', '\n# c\n', '\n      # c\n', ''),
  },
  { weight: 1, arbitrary: fc.constantFrom('\t\n', '#c\n', '\r', ' #\t\n', ' # \r', '\0\n', '\u2028') },
);
const line = fc
  .tuple(fc.constantFrom(0, 2, 2, 2, 4, 4, 6, 3), content, end)
  .map(([indent, words, rest]) => ' '.repeat(indent) + words + rest);
const piece = fc.array(line, { minLength: 1, maxLength: 6 }).map((lines) => lines.join(''));

it('what is read as plain is what the YAML library reads, with every place', () => {
  let plainOnes = 0;
  fc.assert(
    fc.property(piece, (text) => {
      const plain = readPlainPiece(text, newGround(0));
      if (!plain) return;
      plainOnes++;
      const { root, problems, missing, broken } = parsePiece({ text, ground: newGround(0) });
      expect({ problems, missing, broken }).toEqual({ problems: [], missing: [], broken: false });
      expect(plainTree(plain)).toEqual(plainTree(root));
    }),
    { numRuns: 6000 },
  );
  // what is never plain proves nothing
  expect(plainOnes).toBeGreaterThan(300);
});

it('a step as people write it is plain', () => {
  const text =
    '  train:\n    uses: train # with defaults\n    with:\n      data: build/x.csv\n    needs:\n    - split\n';
  expect(readPlainPiece(text, newGround(0))).not.toBeNull();
});

it('a line of any length is read or left to the library', () => {
  const long = `a: ${'b '.repeat(500_000)}c\n`;
  expect(readPlainPiece(long, newGround(0))).toBeNull();
  expect(readPlainPiece(`a: ${'b '.repeat(40_000)}:\n`, newGround(0))).toBeNull();
});
