import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';

const SAMPLE = readFileSync(
  join(import.meta.dirname, '..', '..', 'golden', 'diagnostics', 'valid-design.yaml'),
  'utf8',
);

const FRAGMENTS = [
  ...[
    'version',
    'steps',
    'a',
    'uses',
    'run',
    'with',
    'needs',
    'deps',
    'outs',
    'env',
    'params',
    'endpoints',
    'monitors',
  ],
  ...[
    'drift',
    'threshold',
    'window',
    'train',
    'split',
    '__proto__',
    'constructor',
    '<<',
    'on',
    'x-a',
    '1',
    '1e999',
    '.nan',
  ],
  ...[
    ': ',
    ':',
    ' ',
    '  ',
    '    ',
    '\n',
    '\r\n',
    '\t',
    '- ',
    '[',
    ']',
    '{',
    '}',
    ', ',
    '"',
    "'",
    '|\n',
    '>-\n',
    '#',
    '? ',
  ],
  ...[
    '&a ',
    '*a',
    '!x ',
    '---\n',
    '...\n',
    '%YAML 1.1\n',
    '${{ ',
    ' }}',
    'params.a',
    'steps.a.outs[0]',
    '\\',
    '\0',
    '\uFEFF',
  ],
  ...['😀', '\uD800', '\u2028', '@', '`', '~', 'null'],
];

const fromFragments = fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 80 }).map((parts) => parts.join(''));

/** A real file as it is while somebody types: something cut out, something put in. */
const whileTyping = fc
  .array(
    fc.tuple(fc.nat(SAMPLE.length), fc.nat(30), fc.oneof(fc.constant(''), fc.constantFrom(...FRAGMENTS), fc.string())),
    {
      maxLength: 4,
    },
  )
  .map((edits) =>
    edits.reduce((text, [at, removed, added]) => text.slice(0, at) + added + text.slice(at + removed), SAMPLE),
  );

export const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fromFragments, whileTyping);
