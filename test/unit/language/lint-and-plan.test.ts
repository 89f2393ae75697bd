import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasErrors } from '../../../schemas/language/diagnostic.ts';
import { parsePipelineFile } from '../../../schemas/language/parse.ts';
import { planOf } from '../../../schemas/language/plan/plan.ts';
import { anyText } from './any-text.ts';

const open = '$' + '{{';

/** Names that there are, that there are not, and that lead round in circles. */
const reference = fc.constantFrom(
  'params.a',
  'params.b.c',
  'params.x',
  "params['b'].x",
  'params.x || 1',
  'env.A',
  'env.B',
  'steps.one.outs[0]',
  'steps.two.outs[1]',
  'steps.two.outs',
  'steps.three.with.out',
  'steps.three.with.x',
  'steps.three.size',
  'steps.none.outs[0]',
  'steps.none.outs[0] || 2',
  'steps.one',
  "format('{0}', params.a)",
  "format('{1}', params.a)",
  "fromJSON('{')",
  'join(steps.two.outs)',
  'fromJSON(params.json)',
  'fromJSON(params.list[0])',
  'format(params.json, 1)',
  'params.list',
  'params.list[1]',
  'params.list[params.b]',
  'steps.one.outs[params.a]',
  'params.nul',
  'matrix.k',
  'matrix.only',
  'matrix.x',
  'matrix',
  'params.list[matrix.k]',
  'steps.one.status',
  'steps.two.metrics.f1',
  'steps.two.metrics.f1 > params.x',
  'steps.three.metrics.loss',
  'steps.two.best.outs[0]',
  'steps.two.best.outs[4]',
  'steps.two.best.matrix.k',
  'steps.two.best.matrix.x',
  'steps.three.best.model',
  'steps.three.best.with.x',
  'steps.three.best.matrix.k',
  'steps.two.best',
  'always()',
  'failure() && params.x',
  "hashFiles('a')",
  'nothing.at.all',
  'params.a == 1 && params.x',
  'join()',
  'params.',
);
const text = fc.oneof(
  fc.constantFrom('a.csv', 'b.csv', 'out/c.csv', 'out', 'a\0b'),
  reference.map((name) => `${open} ${name} }}`),
  reference.map((name) => `out/${open} ${name} }}.csv`),
);
const value = fc.oneof(fc.constantFrom(1, 2, 'a', 'b'), text);
const matrix = fc.oneof(
  fc.record(
    {
      k: fc.oneof(fc.array(value, { minLength: 1, maxLength: 2 }), text),
      include: fc.constantFrom([{ k: 1, only: 2 }], [{ k: 9 }], `${open} params.list }}`),
      'max-parallel': fc.oneof(fc.constant(2), text),
    },
    { requiredKeys: ['k'] },
  ),
  fc.constantFrom(`${open} fromJSON('{"k": [1, 2]}') }}`, `${open} params.b }}`),
);
const running = {
  matrix,
  if: fc.oneof(reference, text, fc.boolean()),
  best: fc.constantFrom('maximize f1', 'minimize loss'),
  timeout: fc.oneof(fc.constant('30m'), text),
  retry: fc.oneof(fc.constant(2), text),
  metrics: text,
};
const list = fc.oneof(fc.array(text, { maxLength: 2 }), text);
const command = fc.record(
  {
    run: text,
    needs: fc.subarray(['one', 'two', 'three']),
    deps: list,
    outs: list,
    env: fc.record({ A: text, B: text }, { requiredKeys: [] }),
    ...running,
  },
  { requiredKeys: ['run'] },
);
const builtIn = fc
  .record({ data: text, target: fc.constant('y'), out: text, l2: fc.constantFrom(1, `${open} matrix.k }}`) })
  .chain((settings) =>
    fc.record(
      { uses: fc.constant('train'), with: fc.constant(settings), ...running },
      { requiredKeys: ['uses', 'with'] },
    ),
  );
const step = fc.oneof(command, builtIn);
const PARAMS = { a: 1, b: { c: 2 }, json: '{0', list: ['a.csv', '[1]'], nul: 'x\0' };

const project = fc
  .record({ one: step, two: command, three: builtIn }, { requiredKeys: [] })
  .map((steps) => JSON.stringify({ version: 1, params: PARAMS, env: { A: 'x', B: `${open} env.A }}` }, steps }));

/** What keeps a plan from running, of what the file alone can tell. */
function refusals(source: string): string[] {
  const { model } = parsePipelineFile(source);
  const { cycle, problems } = planOf(model, {});
  const inFile = problems.map(({ message }) => message).filter((message) => !/There is no `env\./.test(message));
  return cycle ? [...inFile, cycle.join(' → ')] : inFile;
}

const isClean = (source: string) => !hasErrors(parsePipelineFile(source).diagnostics);

describe('what the checks accept, the planner accepts', () => {
  it.each([
    ['pipelines with slips', project, 400],
    ['any text whatever', anyText, 300],
  ])('in %s', (_, texts, numRuns) => {
    fc.assert(
      fc.property(texts, (source) => {
        if (isClean(source)) expect(refusals(source)).toEqual([]);
      }),
      { numRuns },
    );
  });
});

it('what the planner accepts, the checks of names and order accept', () => {
  const aboutNames = ['CRISOL121', 'CRISOL125', 'CRISOL126', 'CRISOL146'];
  fc.assert(
    fc.property(project, (source) => {
      const { diagnostics } = parsePipelineFile(source);
      const told = diagnostics.filter(({ code }) => aboutNames.includes(code));
      if (refusals(source).length === 0) expect(told).toEqual([]);
    }),
    { numRuns: 400 },
  );
});
