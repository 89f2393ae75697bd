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

const word = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...PLAIN) },
  { weight: 1, arbitrary: fc.constantFrom(...ODD) },
);
const comma = fc.constantFrom(', ', ', ', ', ', ',', ' , ', ' ,');
const edge = fc.constantFrom('', '', '', ' ', ', ');
const { flow } = fc.letrec<{ flow: string; inFlow: string }>((tie) => {
  const joined = (one: fc.Arbitrary<string>) =>
    fc
      .tuple(fc.array(one, { maxLength: 3 }), comma, edge, edge)
      .map(([all, sign, first, last]) => first + all.join(sign) + last);
  const pair = fc.tuple(
    fc.constantFrom('a', 'b', 'x-1', 'x.y', '"q"', '1', 'a b'),
    fc.constantFrom(': ', ': ', ':  ', ':', ' : '),
    tie('inFlow'),
  );
  return {
    inFlow: fc.oneof({ weight: 5, arbitrary: word }, { weight: 1, arbitrary: tie('flow') }),
    flow: fc.oneof(
      { weight: 3, arbitrary: joined(tie('inFlow')).map((items) => `[${items}]`) },
      { weight: 3, arbitrary: joined(pair.map((parts) => parts.join(''))).map((items) => `{${items}}`) },
      { weight: 1, arbitrary: joined(tie('inFlow')).map((items) => `[${items}}`) },
    ),
  };
});
const value = fc.oneof({ weight: 5, arbitrary: word }, { weight: 2, arbitrary: flow });
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

/** What is never plain proves nothing. */
function expectReadAlike(texts: fc.Arbitrary<string>): void {
  let plainOnes = 0;
  fc.assert(
    fc.property(texts, (text) => {
      const plain = readPlainPiece(text, newGround(0));
      if (!plain) return;
      plainOnes++;
      const { root, problems, missing, broken } = parsePiece({ text, ground: newGround(0) });
      expect({ problems, missing, broken }).toEqual({ problems: [], missing: [], broken: false });
      expect(plainTree(plain)).toEqual(plainTree(root));
    }),
    { numRuns: 6000 },
  );
  expect(plainOnes).toBeGreaterThan(300);
}

it('what is read as plain is what the YAML library reads, with every place', () => expectReadAlike(piece));

it('lists and maps on one line are what the YAML library reads, with every place', () => {
  const before = fc.constantFrom('a: ', '- ', 'a:  ', 'a:');
  expectReadAlike(fc.tuple(before, flow).map(([lead, written]) => `k:\n  ${lead}${written}\n`));
});

it('a step as people write it is plain', () => {
  const text =
    '  train:\n    uses: train # with defaults\n    with:\n      data: build/x.csv\n    needs:\n    - split\n' +
    '    deps: [build/x.csv, "a, b"] # on one line\n    matrix: {model: [forest, "logistic"], depth: [1, 2]}\n    env: {}\n';
  expect(readPlainPiece(text, newGround(0))).not.toBeNull();
});

it('a key with nothing below is plain, as the first line of a section is', () => {
  for (const text of ['steps:\n', 'steps:', 'steps: # all\n', 'a:  \nb: 1\n']) {
    expect(readPlainPiece(text, newGround(0))).not.toBeNull();
  }
});

it('a line of any length is read or left to the library', () => {
  const long = `a: ${'b '.repeat(500_000)}c\n`;
  expect(readPlainPiece(long, newGround(0))).toBeNull();
  expect(readPlainPiece(`a: ${'b '.repeat(40_000)}:\n`, newGround(0))).toBeNull();
});
