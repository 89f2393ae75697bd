import fc from 'fast-check';
import { BUILT_IN_NAMES, BUILT_IN_STEPS } from '../../../../schemas/language/grammar/built-in-steps.ts';
import type { FormatName } from '../../../../schemas/language/grammar/formats.ts';
import type { Shape } from '../../../../schemas/language/grammar/shape.ts';
import { choicesOf, entryShape, shapeOf } from '../../../../schemas/language/grammar/shape.ts';

/** Texts that are meant to be of a format, right ones and wrong ones. */
const TEXTS: Record<FormatName, string[]> = {
  name: ['a', 'my step', '-x', ''],
  'project-name': ['a', 'née Ö', ' ', ''],
  variable: ['A', 'a.b', 'A=B', 'a b', ''],
  'process-text': ['echo', '', 'a\0b'],
  duration: ['30s', '1.5h', '30', '30 s', '1y'],
  'model-name': ['m', 'née Ö', 'a/b', ' ', '..', 'a:b'],
  'model-ref': ['m', 'm@production', 'm/3', 'm/0', 'a:b'],
  size: ['2Gi', '512', '2GB', ''],
  percentage: ['5%', '5', '100.5 %'],
  limit: ['> 1%', '1%', '>= 0.5'],
  goal: ['maximize f1', 'best f1'],
  'time-zone': ['Europe/Madrid', '+02:00', ''],
  cron: ['0 3 * * *', '@daily', '0 3 * *', 'daily'],
  path: ['a/b.csv', './a', '/etc/passwd', '../up', 'C:\\a', ' ', 'a/../b', '..hidden'],
};

const anything = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 'text', '', `\${{ params.a }}`, '1'),
  fc.constantFrom<unknown>([], {}, ['a'], { a: 1 }, [null]),
);

/** Files of the grammar's shape, nearly: here and there a key is missing, one too many, or a value of another kind. */
export function anyFile(shape: Shape): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 15, arbitrary: fc.constant(shape).chain(fitting) }, { weight: 1, arbitrary: anything });
}

function fitting(shape: Shape): fc.Arbitrary<unknown> {
  const choices = choicesOf(shape);
  if (choices) return fc.constantFrom(...choices);
  if (shape.anyOf) return fc.oneof(...shape.anyOf.map(anyFile));
  switch (shape.type) {
    case 'object':
      return anyMap(shape);
    case 'array':
      return fc.array(shape.items ? anyFile(shape.items) : anything, { maxLength: 2 });
    case 'string':
      return shape.format ? fc.constantFrom(...TEXTS[shape.format]) : fc.constantFrom('a', `\${{ env.A }}`);
    case 'boolean':
      return fc.boolean();
    case 'number':
    case 'integer':
      return fc.constantFrom(0, 0.5, 1, 2, -1, 101, 200_000);
    default:
      return anything;
  }
}

function anyMap(shape: Shape): fc.Arbitrary<unknown> {
  const { properties = {}, required = [] } = shape;
  const further = entryShape(shape);
  const names = fc.constantFrom('a', 'b-1', 'my step', '-x', 'x-own', 'naem');
  const own = further ? fc.dictionary(names, anyFile(further), { maxKeys: 2 }) : fc.constant({});
  const extra = fc.oneof(
    { weight: 20, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: fc.dictionary(names, anything) },
  );
  const isStep = 'uses' in properties;
  const known = Object.fromEntries(Object.entries(properties).map(([key, inner]) => [key, anyFile(inner)]));
  const keys = Object.keys(properties).filter((key) => !isStep || !['uses', 'with', 'run'].includes(key));
  const record = fc
    .tuple(
      fc.subarray(keys, { maxLength: Math.min(4, keys.length) }),
      fc.subarray(required, { minLength: Math.max(0, required.length - 1) }),
    )
    .chain(([some, needed]) =>
      fc.record(Object.fromEntries([...some, ...needed].map((key) => [key, known[key] ?? anything]))),
    );
  const work = isStep ? anyWork : fc.constant({});
  return fc.tuple(own, extra, record, work).map((parts) => Object.assign({}, ...parts));
}

const anyWork: fc.Arbitrary<unknown> = fc.oneof(
  fc.constant({ run: 'echo' }),
  fc.constantFrom({ run: 'echo', uses: 'train' }, { run: 'echo', with: {} }, {}, { uses: 'trian' }, { uses: 'train' }),
  fc
    .constantFrom(...BUILT_IN_NAMES)
    .chain((uses) => fc.record({ uses: fc.constant(uses), with: anyFile(shapeOf(BUILT_IN_STEPS[uses])) })),
);
