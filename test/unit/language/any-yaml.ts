import fc from 'fast-check';

/** Valid YAML in all kinds of form: indents of any width, brackets, scripts, comments, quotes, too much and too little space. */
const word = fc.stringMatching(/^[a-z]{1,6}$/);
const gap = fc.constantFrom(' ', ' ', '  ', '    ');
const ending = fc.constantFrom('', '', '', '   ', ' # why', '    #because  ');
const emptyLines = fc.constantFrom('', '', '', '\n', '\n\n\n', '# a comment\n', '\n  # further in\n');
const scalar = fc.oneof(
  word,
  fc.constantFrom(
    '1',
    'true',
    '~',
    '"a  b"',
    "'it''s'",
    '"x # y"',
    'a b',
    '$' + '{{ params.x }}',
    'a:b',
    '-1',
    '"1,2"',
  ),
);

interface Drawn {
  /** beside its key, or below it */
  place: 'beside' | 'below';
  lines: string[];
}

const flow: fc.Arbitrary<string> = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('1', 'x', '"a, b"', "'{'", 'a b'),
    fc
      .tuple(fc.array(tie('value'), { maxLength: 3 }), fc.constantFrom(',', ', ', ' ,  '), fc.constantFrom('', ' '))
      .map(([items, comma, pad]) => `[${pad}${items.join(comma)}${pad}]`),
    fc
      .tuple(fc.uniqueArray(fc.tuple(word, tie('value')), { maxLength: 3, selector: ([key]) => key }), gap)
      .map(([entries, space]) => `{${entries.map(([key, value]) => `${key}:${space}${value}`).join(',')}}`),
  ),
})).value;

const script = fc
  .tuple(
    fc.constantFrom('|', '>', '|-', '>-', '|+'),
    fc.array(fc.constantFrom('echo a', '  more', 'x: y', '# no comment', '', '- z   '), { minLength: 1, maxLength: 4 }),
    fc.nat(3),
    fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 5 })),
    fc.constantFrom('first', 'first', '', '   further in'),
  )
  .map(([header, lines, extra, said, first]): Drawn => {
    // what goes beyond the number in the header is content
    const number = said > 0 || first !== 'first' ? String(Math.min(Math.max(1, said), 2 + extra)) : '';
    const shown = [first, ...lines].map((line) => (line === '' ? '' : ' '.repeat(2 + extra) + line));
    return { place: 'beside', lines: [`${header.charAt(0)}${number}${header.slice(1)}`, ...shown] };
  });

const folded = fc
  .tuple(word, word)
  .map(([one, other]): Drawn => ({ place: 'beside', lines: [`"${one}`, '', `     ${other}"`] }));

const indented = (lines: readonly string[], by: number) =>
  lines.map((line) => (line === '' ? '' : ' '.repeat(by) + line));

const { value } = fc.letrec<{ value: Drawn; map: Drawn; list: Drawn }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(scalar, flow).map((text): Drawn => ({ place: 'beside', lines: [text] })),
    script,
    folded,
    tie('map'),
    tie('list'),
  ),
  map: fc
    .uniqueArray(fc.tuple(word, tie('value'), gap, fc.integer({ min: 1, max: 5 }), ending, emptyLines), {
      minLength: 1,
      maxLength: 4,
      selector: ([key]) => key,
    })
    .map((entries): Drawn => ({ place: 'below', lines: entries.flatMap(drawEntry) })),
  list: fc
    .array(fc.tuple(tie('value'), gap, emptyLines), { minLength: 1, maxLength: 3 })
    // what stands above the first belongs to the key
    .map((items): Drawn => ({ place: 'below', lines: items.flatMap((item, at) => drawItem(item, at > 0)) })),
}));

type DrawnEntry = [string, Drawn, string, number, string, string];

function drawEntry([key, { place, lines }, space, indent, end, before]: DrawnEntry): string[] {
  const [first = '', ...rest] = lines;
  const above = before.split('\n').slice(0, -1);
  if (place === 'below') return [...above, `${key}:${end}`, ...indented(lines, indent)];
  // no comment can stand behind the first line of a text between quotes
  const isWhole = rest.length === 0 || /^[|>]/.test(first);
  return [...above, `${key}:${space}${first}${isWhole ? end : ''}`, ...rest];
}

/** A map or list in a list begins beside its dash. */
function drawItem([{ place, lines }, space, before]: [Drawn, string, string], isFurther: boolean): string[] {
  const [first = '', ...rest] = lines;
  const above = isFurther ? before.split('\n').slice(0, -1) : [];
  const by = 1 + space.length;
  // its first line must be one with words
  if (place === 'below' && /^\s*(#|$)/.test(first)) return [...above, '-', ...indented(lines, by)];
  return [...above, `-${space}${first}`, ...(place === 'below' ? indented(rest, by) : indented(rest, 1))];
}

const oneFile: fc.Arbitrary<string> = fc
  .uniqueArray(fc.tuple(word, value, gap, fc.integer({ min: 1, max: 5 }), ending, emptyLines), {
    minLength: 1,
    maxLength: 5,
    selector: ([key]) => key,
  })
  .map((entries) => entries.flatMap(drawEntry))
  .map((lines) => `${lines.join('\n')}\n`);

/** Line ends of Windows, a byte order mark, and what may stand around a document. */
export const anyYaml: fc.Arbitrary<string> = fc
  .tuple(
    oneFile,
    fc.constantFrom('', '', '', '---\n', '--- # begins\n', '%YAML 1.2\n---\n', '# first\n\n---\n'),
    fc.constantFrom('', '', '', '...\n', '# the end\n', '\n\n'),
    fc.constantFrom('\n', '\n', '\r\n'),
    fc.constantFrom('', '', '\uFEFF'),
  )
  .map(([text, before, after, ending, mark]) => mark + `${before}${text}${after}`.replaceAll('\n', ending));
