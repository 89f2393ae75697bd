import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExpressionNode } from '../../../schemas/language/expressions/ast.ts';
import { callProblemsOf } from '../../../schemas/language/expressions/calls.ts';
import { evaluate, valueAt } from '../../../schemas/language/expressions/evaluate.ts';
import { parseExpression } from '../../../schemas/language/expressions/parser.ts';
import { referencesOf } from '../../../schemas/language/expressions/references.ts';
import { parseTemplate } from '../../../schemas/language/expressions/template.ts';
import type { JsonObject, JsonValue } from '../../../schemas/language/json.ts';

const VALUES: JsonObject = {
  params: { seed: 7, rate: '0.1', name: 'Ñandú', none: null, yes: true, columns: ['a', 'b'], 'odd key': { deep: [1] } },
  steps: { a: { outs: ['x.csv'] }, b: { outs: ['y.csv', 'z.csv'] } },
  env: { MODE: 'fast' },
};

function value(source: string): JsonValue | { problem: string } {
  const { node, problems } = parseExpression(source);
  if (problems[0]) return { problem: problems[0].message };
  const answer = evaluate(node, (path) => {
    const found = valueAt(VALUES, path);
    return found === undefined ? { problem: `There is no \`${path.join('.')}\`.` } : { value: found };
  });
  return 'value' in answer ? answer.value : answer;
}

describe('an expression comes to what GitHub Actions makes of it:', () => {
  it.each<[string, JsonValue]>([
    // published: docs.github.com, "Evaluate expressions in workflows and actions"
    ['null', null],
    ['false', false],
    ['711', 711],
    ['-9.2', -9.2],
    ['0xff', 255],
    ['0o11', 9],
    ['-2.99e-2', -0.0299],
    ["'Mona the Octocat'", 'Mona the Octocat'],
    ["'It''s open source!'", "It's open source!"],
    ["contains('Hello world', 'llo')", true],
    ['contains(fromJSON(\'["push", "pull_request"]\'), \'push\')', true],
    ["startsWith('Hello world', 'He')", true],
    ["endsWith('Hello world', 'ld')", true],
    ["format('Hello {0} {1} {2}', 'Mona', 'the', 'Octocat')", 'Hello Mona the Octocat'],
    ["format('{{Hello {0} {1} {2}!}}', 'Mona', 'the', 'Octocat')", '{Hello Mona the Octocat!}'],
    ["join(params.columns, ', ')", 'a, b'],
    // its rules of coercion
    ["null == ''", true],
    ["true == 'true'", false],
    ["true == '1'", true],
    ["'' == 0", true],
    ["'a' == 'A'", true],
    ["'ñ' == 'Ñ'", true],
    ["params.name == 'ñandú'", true],
    ["'abc' > 7", false],
    ["'abc' < 7", false],
    ['params.rate < 0.2', true],
    ["'b' > 'A'", true],
    ['NaN == NaN', false],
    ['params.columns == params.columns', true],
    ['1 < 2 == true', true],
    ['!0', true],
    ["!'no'", false],
    ["'' || 'other'", 'other'],
    ['params.none || 3', 3],
    ['params.seed && params.rate', '0.1'],
    ['0 && params.nothing', 0],
    ['true || false && false', true],
    ['(true || false) && false', false],
    ['!true || true', true],
    ['toJSON(params.columns)', '[\n  "a",\n  "b"\n]'],
    ['CONTAINS(params.columns, params.columns[1])', true],
  ])('%s', (source, expected) => {
    expect(value(source)).toEqual(expected);
  });

  it.each<[string, JsonValue]>([
    ['params.columns.1', 'b'],
    ["params['odd key'].deep[0]", 1],
    ['params["odd key"].deep[0]', 1],
    ["params[format('se{0}', 'ed')]", 7],
    ['steps.b.outs.*', ['y.csv', 'z.csv']],
    ['fromJSON(\'{"a": [{"b": 1}, {"b": 2}]}\').a.*.b', [1, 2]],
    ['fromJSON(\'{"a": 1}\').b', null],
    ["env.NONE || 'slow'", 'slow'],
    ["env.MODE || 'slow'", 'fast'],
  ])('%s reaches', (source, expected) => {
    expect(value(source)).toEqual(expected);
  });

  it.each([
    ['params.nothing', 'There is no `params.nothing`.'],
    ['params.nothing == 1', 'There is no `params.nothing`.'],
    ['1 +', 'no arithmetic'],
    ['params.', 'A name is missing after the dot.'],
    ['contains(params.columns', 'never closed'],
    ["'open", 'never closed'],
    ['params.seed = 7', '`==` compares'],
    ['params.yes and true', 'Write `&&` in place of `and`.'],
    ['params.seed 3', 'does not belong here'],
    ['params.columns[0', 'never closed'],
    ['join(1,)', 'missing after the comma'],
    ['params.yes ? 1 : 2', 'condition && value || other'],
    [`${'('.repeat(60)}1${')'.repeat(60)}`, 'more than 50 levels'],
  ])('%s says what is wrong', (source, problem) => {
    expect(value(source)).toEqual({ problem: expect.stringContaining(problem) });
  });
});

it.each([
  ['containz(1, 2)', 'did you mean `contains`?'],
  ['nothing()', 'there are contains, '],
  ['contains(1)', '`contains(search, item)` takes 2 values, not 1.'],
  ['join()', 'takes 1 to 2 values, not 0.'],
  ['always(1)', 'takes no values, not 1.'],
  ['format()', '`format(pattern, …values)` takes 1 value or more, not 0.'],
])('a call that cannot be right is told: %s', (source, problem) => {
  expect(callProblemsOf(parseExpression(source).node).map(({ message }) => message)).toEqual([
    expect.stringContaining(problem),
  ]);
});

it('the names in an expression are found, each with how far it is known', () => {
  const found = referencesOf(
    parseExpression("params.a['b'].c == steps[matrix.x].outs && env.X || fromJSON(run.id).x").node,
  );
  expect(found.map(({ path, open, hasDefault }) => ({ path: path.join('/'), open, hasDefault }))).toEqual([
    { path: 'params/a/b/c', open: false, hasDefault: false },
    { path: 'steps', open: true, hasDefault: false },
    { path: 'matrix/x', open: false, hasDefault: false },
    { path: 'env/X', open: false, hasDefault: false },
    { path: 'run/id', open: false, hasDefault: false },
  ]);
});

it('braces within a text do not end an expression, and an open quote does not take what follows', () => {
  const open = '$' + '{{';
  const sources = (text: string) =>
    parseTemplate(text).map((part) => (part.kind === 'text' ? part.text : part.content.trim()));
  expect(sources(`a ${open} format('{{0}}', 1) }} b`)).toEqual(['a ', "format('{{0}}', 1)", ' b']);
  expect(sources(`${open} 'open }} b ${open} params.x }}`)).toEqual(["'open", ' b ', 'params.x']);
});

const name = fc.constantFrom('params', 'seed', 'x-y', 'a_1');
const span = [0, 0] as const;
const { tree } = fc.letrec<{ tree: ExpressionNode }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc
      .oneof(
        fc.string(),
        fc.integer(),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.constantFrom(true, null),
      )
      .map((literal): ExpressionNode => ({ kind: 'literal', value: Object.is(literal, -0) ? 0 : literal, span })),
    name.map((context): ExpressionNode => ({ kind: 'context', name: context, span })),
    tie('tree').map((of): ExpressionNode => ({ kind: 'not', of, span })),
    fc
      .record({ operator: fc.constantFrom('||', '&&', '==', '<=', '>'), left: tie('tree'), right: tie('tree') })
      .map((parts) => ({ kind: 'binary', ...parts, span }) as ExpressionNode),
    fc
      .array(tie('tree'), { maxLength: 3 })
      .map((args): ExpressionNode => ({ kind: 'call', name: 'format', nameSpan: span, args, span })),
    fc
      .record({ of: tie('tree'), index: tie('tree') })
      .map(({ of, index }): ExpressionNode => ({ kind: 'property', of, index, nameSpan: span, span })),
  ),
}));

function print(node: ExpressionNode): string {
  switch (node.kind) {
    case 'literal':
      return typeof node.value === 'string' ? `'${node.value.replaceAll("'", "''")}'` : String(node.value);
    case 'context':
      return node.name;
    case 'not':
      return `!(${print(node.of)})`;
    case 'binary':
      return `(${print(node.left)}) ${node.operator} (${print(node.right)})`;
    case 'call':
      return `${node.name}(${node.args.map(print).join(', ')})`;
    case 'property':
      return `(${print(node.of)})[${print(node.index)}]`;
    default:
      return '';
  }
}

const plain = (node: ExpressionNode): unknown =>
  JSON.parse(JSON.stringify(node, (key, part) => (/span/i.test(key) ? undefined : part)));

it('what is printed is read back as it was', () => {
  fc.assert(
    fc.property(
      tree.filter((node) => !print(node).includes('\0')),
      (node) => {
        const { node: read, problems } = parseExpression(print(node));
        expect(problems).toEqual([]);
        expect(plain(read)).toEqual(plain(node));
      },
    ),
    { numRuns: 300 },
  );
});

it('any text whatever is read, with places inside it', () => {
  const piece = fc.constantFrom(
    'params',
    '.',
    '[',
    ']',
    '(',
    ')',
    "'",
    '"',
    '&&',
    '!',
    '*',
    ',',
    '0x',
    '1e',
    '-',
    ' ',
    'ñ',
  );
  const text = fc.oneof(
    fc.string(),
    fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
  );
  fc.assert(
    fc.property(text, (source) => {
      const { node, problems } = parseExpression(source);
      for (const [start, end] of [node.span, ...problems.map((problem) => problem.span)]) {
        expect([0 <= start, start <= end, end <= source.length]).toEqual([true, true, true]);
      }
      referencesOf(node);
      evaluate(node, () => ({ problem: 'nothing' }));
    }),
    { numRuns: 1000 },
  );
});
