import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Edit } from './edits.ts';
import { edited } from './edits.ts';

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

/** Mostly some of the sample's sections: the whole of it takes ten times as long to read, and seldom tells more. */
const sample = fc.oneof(
  { weight: 1, arbitrary: fc.constant(SAMPLE) },
  {
    weight: 9,
    arbitrary: fc
      .subarray(SAMPLE.split(/(?<=\n)(?=[a-z]+:)/), { minLength: 1, maxLength: 4 })
      .map((all) => all.join('')),
  },
);

const change: fc.Arbitrary<Edit> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  removed: fc.nat(30),
  added: fc.oneof(fc.constant(''), fc.constantFrom(...FRAGMENTS), fc.string()),
});

/** A real file as it is while somebody types: something cut out, something put in. */
const whileTyping = fc
  .tuple(sample, fc.array(change, { maxLength: 4 }))
  .map(([text, changes]) => changes.reduce(edited, text));

export const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fromFragments, whileTyping);
