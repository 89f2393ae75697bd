import fc from 'fast-check';

/** Lines as YAML has them, and a few that it has not, at a few indentations: most texts of them are cut into pieces. */
const LINES = [
  ...[
    'a: 1',
    'b:',
    'c: [1, 2]',
    'd: {x: 1}',
    'e: "x"',
    "f: 'y'",
    'g: |',
    'h: >-',
    'steps:',
    'params:',
    'text',
    'more text',
  ],
  ...[
    '- x',
    '- k: v',
    '-',
    '# comment',
    '',
    '"q": 1',
    "'q' : 2",
    '? x',
    ': y',
    'i: &n 1',
    'j: *n',
    'k: &n {z: 1}',
    '<<: *n',
  ],
  ...[
    'l: [',
    ']',
    'm: {',
    '}',
    ', 3',
    'n: "open',
    'close"',
    "o: 'it''s",
    '---',
    '...',
    '%X',
    '&n',
    '!t',
    '!t z: 1',
    '*n : 1',
  ],
  ...[
    'p: a: b',
    'q: # c',
    'r: &m',
    's: *m',
    '- *n',
    't: $' + '{{ params.a }}',
    'u:\t',
    '\tv: 1',
    'w : 1',
    'x:y',
    '-z: 1',
    '@',
    '`',
    '|',
    '>',
  ],
  ...[
    'é: 1',
    '\u2028: 1',
    'a\rb: 1',
    '\r',
    '[a]: 1',
    '{b: 1}: 2',
    '"long',
    'y: |2',
    'z: "\\',
    "aa: '",
    '#',
    ' # c',
    'bb: [a: 1, b]',
    '\uFEFFa: 1',
  ],
];

const line = fc
  .tuple(fc.constantFrom(0, 0, 0, 2, 2, 2, 4, 4, 1, 3), fc.constantFrom(...LINES))
  .map(([indent, text]) => ' '.repeat(indent) + text);
const plainStart = fc.constantFrom(
  '',
  '',
  'version: 1\n',
  '# c\n',
  '---\n',
  '--- # c\n\n',
  'v: 1\nsteps:\n  a: 1\n',
  '\uFEFFv: 1\n',
);

export const yamlText = fc
  .tuple(plainStart, fc.array(line, { maxLength: 12 }), fc.constantFrom('\n', '\n', '\r\n'), fc.constantFrom('', '\n'))
  .map(([start, lines, ending, end]) => (start + lines.join('\n') + end).replaceAll('\n', ending));
