import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../../schemas/language/json.ts';
import type { Plan } from '../../../schemas/language/model.ts';
import { parsePipelineFile } from '../../../schemas/language/parse.ts';
import { planOf } from '../../../schemas/language/plan/plan.ts';
import type { PlanContext } from '../../../schemas/language/plan/scope.ts';

const open = '$' + '{{';
/** An expression. */
const x = (expression: string) => `${open} ${expression} }}`;
const planned = (steps: object, params = {}, context?: PlanContext) =>
  planOf(parsePipelineFile(JSON.stringify({ version: 1, params, steps })).model, context);
const names = ({ steps }: Plan) => steps.map(({ name }) => name);
const messages = ({ problems }: Plan) => problems.map(({ step, message }) => `${step}: ${message}`);
const matrix = (values: JsonValue, more = {}) => ({ run: 'true', matrix: values, ...more });

describe('a step with a matrix', () => {
  it('is planned once for each combination, with its values in its name and in its expressions', () => {
    const plan = planned({
      train: {
        run: `train ${x('matrix.depth')} ${x('matrix.kind')}`,
        matrix: { depth: [3, 5], kind: ['gbdt', 'linear'] },
      },
    });
    expect(plan.problems).toEqual([]);
    expect(
      plan.steps.map(({ name, of, matrix, work }) => [name, of, matrix, work.kind === 'run' && work.command]),
    ).toEqual([
      ['train (3, gbdt)', 'train', { depth: 3, kind: 'gbdt' }, 'train 3 gbdt'],
      ['train (3, linear)', 'train', { depth: 3, kind: 'linear' }, 'train 3 linear'],
      ['train (5, gbdt)', 'train', { depth: 5, kind: 'gbdt' }, 'train 5 gbdt'],
      ['train (5, linear)', 'train', { depth: 5, kind: 'linear' }, 'train 5 linear'],
    ]);
  });

  it('has names that stand in one line, are short, and differ', () => {
    const long = 'x'.repeat(80);
    const plan = planned({
      a: matrix({ v: [true, null, { k: [1] }, 'two\nlines', long, `${long}y`, 1, '1', '👩‍🚀'.repeat(30)] }),
    });
    const labels = names(plan);
    expect(labels.slice(0, 4)).toEqual(['a (true)', 'a (null)', 'a ({"k":[1]})', 'a (two lines)']);
    expect(labels[4]).toBe(`a (${'x'.repeat(59)}…)`);
    expect(labels[5]).toBe(`${labels[4]} #2`);
    expect(labels.slice(6, 8)).toEqual(['a (1)', 'a (1) #2']);
    expect(labels[8]?.isWellFormed()).toBe(true);
    expect(new Set(labels).size).toBe(labels.length);
  });

  it('says how its variants go together', () => {
    const group = (settings: object) => planned({ a: matrix({ v: [1, 2], ...settings }) }, { most: 3 }).steps[0]?.group;
    expect(group({})).toEqual({ maxParallel: null, failFast: true });
    expect(group({ 'max-parallel': 2, 'fail-fast': false })).toEqual({ maxParallel: 2, failFast: false });
    expect(group({ 'max-parallel': x('params.most') })).toEqual({ maxParallel: 3, failFast: true });
    expect(messages(planned({ a: matrix({ v: [1], 'max-parallel': x("'many'") }) }))).toEqual([
      'a: `max-parallel` of the matrix is `many`: give a whole number over 0.',
    ]);
  });

  it('may come from params, from the environment and from JSON', () => {
    const params = { depths: [3, 5], all: '{"depth": [1], "include": [{"depth": 2}]}' };
    expect(names(planned({ a: matrix({ depth: x('params.depths') }) }, params))).toEqual(['a (3)', 'a (5)']);
    expect(names(planned({ a: matrix({ depth: [x('params.depths[1]'), 7] }) }, params))).toEqual(['a (5)', 'a (7)']);
    expect(names(planned({ a: matrix(x('fromJSON(params.all)')) }, params))).toEqual(['a (1)', 'a (2)']);
    expect(names(planned({ a: matrix({ d: x('fromJSON(env.D)') }) }, {}, { env: { D: '[8]' } }))).toEqual(['a (8)']);
  });

  it('that cannot be worked out is a problem, in words', () => {
    const told = (values: JsonValue, params = {}) =>
      messages(planned({ b: { run: 'true' }, a: matrix(values) }, params)).at(0);
    expect(told({ v: x('params.v') }, { v: 3 })).toBe('a: `v` of the matrix is `3`: give a list of values.');
    expect(told(x('params.v'), { v: [3] })).toBe('a: `All` of the matrix is `[3]`: give a map of lists.');
    expect(told({ v: [1], include: x('params.v') }, { v: [3] })).toBe(
      'a: `include` of the matrix is `[3]`: give a list of maps.',
    );
    expect(told({ v: [1], exclude: [{ v: 1 }] })).toBe(
      'a: The matrix has no combination: add values, or exclude less.',
    );
    expect(told({ v: x('steps.b.metrics.f1') })).toContain('a: A matrix must be known before anything runs');
    expect(told({ v: x('steps.a.with.v') })).toContain('leads back to itself');
    const many = Array.from({ length: 300 }, (_, at) => at);
    expect(told({ v: many })).toBe('a: The matrix has 300 combinations, more than 256: leave some values out.');
  });

  it('gives nothing for a key that only other combinations have, and refuses one that none has', () => {
    const plan = planned({
      a: { run: `echo ${x('matrix.extra')}.`, matrix: { v: [1, 2], include: [{ v: 2, extra: 'yes' }] } },
      b: { run: x('matrix.lost'), matrix: { v: [1] } },
      c: { run: x('matrix.v') },
    });
    expect(plan.steps.slice(0, 2).map(({ work }) => work)).toEqual([
      { kind: 'run', command: 'echo .' },
      { kind: 'run', command: 'echo yes.' },
    ]);
    expect(messages(plan)).toEqual([
      'b: The matrix of `b` has no `lost`.',
      'c: `c` has no `matrix`: add one, or name a param.',
    ]);
  });

  it('tells what is wrong with all its variants once, and what with one of that one', () => {
    const plan = planned(
      { a: { run: `${x('params.lost')} ${x('params.of[matrix.v]')}`, matrix: { v: ['k', 'l'] } } },
      { of: { k: 1 } },
    );
    expect(messages(plan)).toEqual(['a: There is no `params.lost`.', 'a (l): There is no `params.of.l`.']);
  });
});

describe('the order of variants', () => {
  const train = { run: 'true', matrix: { depth: [3, 5] }, outs: [`model-${x('matrix.depth')}`] };

  it('waits for all variants of what is needed or referred to, and by paths only for those that write them', () => {
    const plan = planned({
      all: { run: 'true', needs: 'train' },
      best: { run: `use ${x('steps.train.best.outs[0]')}` },
      one: { run: 'true', deps: 'model-5' },
      each: { run: 'true', matrix: { d: [3, 5] }, deps: [`model-${x('matrix.d')}`] },
      train,
    });
    expect(plan.problems).toEqual([]);
    const needs = Object.fromEntries(plan.steps.map((step) => [step.name, step.needs]));
    expect(needs).toEqual({
      'train (3)': [],
      'train (5)': [],
      all: ['train (3)', 'train (5)'],
      best: ['train (3)', 'train (5)'],
      one: ['train (5)'],
      'each (3)': ['train (3)'],
      'each (5)': ['train (5)'],
    });
  });

  it('is that of steps: variants of one do not wait for each other', () => {
    const chain = {
      run: 'true',
      matrix: { n: [1, 2] },
      deps: `m-${x('matrix.n == 2 && 1 || 0')}`,
      outs: `m-${x('matrix.n')}`,
    };
    expect(planned({ chain }).cycle).toEqual(['chain', 'chain']);
    const shared = { run: 'true', matrix: { n: [1, 2] }, deps: 'out', outs: `out/${x('matrix.n')}` };
    expect(planned({ shared }).cycle).toBeNull();
  });

  it('is refused where two write the same out, or one into that of another', () => {
    const outs = (path: string) => messages(planned({ train: { ...train, outs: [path] } }));
    expect(outs('model')).toEqual(['train (5): `train (3)` writes `model` too: give `train (5)` an out of its own.']);
    expect(outs(`m/${x("matrix.depth == 3 && 'a' || 'a/b'")}`)).toEqual([
      'train (5): `train (3)` writes all of `m/a`: give `train (5)` an out beside it.',
    ]);
    expect(outs(`model-${x('matrix.depth')}`)).toEqual([]);
  });
});

describe('what others say of a step with variants', () => {
  const steps = (expression: string) => ({
    train: {
      uses: 'train',
      with: { data: 'd', target: 'y', out: `m/${x('matrix.l2')}`, l2: x('matrix.l2') },
      matrix: { l2: [1, 2] },
      outs: [`log-${x('matrix.l2')}`],
    },
    single: { run: 'true', matrix: { k: [7] }, outs: `s-${x('matrix.k')}` },
    use: { run: `use ${x(expression)}` },
  });
  const said = (expression: string) => {
    const plan = planned(steps(expression));
    const use = plan.steps.find(({ name }) => name === 'use');
    return plan.problems[0]?.message ?? (use?.work.kind === 'run' && use.work.command);
  };

  it('is what all have in common, or all of their outs', () => {
    expect(said('steps.train.with.target')).toBe('use y');
    expect(said('join(steps.train.outs)')).toBe('use log-1,log-2');
    expect(said('steps.single.outs[0]')).toBe('use s-7');
    expect(said('steps.single.best.matrix.k')).toBe('use 7');
  });

  it('must say which where they differ', () => {
    const best = (name: string) => `write \`steps.train.best.${name}\` for that of the best`;
    expect(said('steps.train.with.out')).toContain(best('with.out'));
    expect(said('steps.train.outs[0]')).toContain(best('outs[0]'));
    expect(said('steps.train.metrics.loss')).toContain(best('metrics.loss'));
  });

  it('is wrong at once where no variant has it', () => {
    expect(said('steps.train.best.matrix.lost')).toBe('The matrix of `train` has no `lost`.');
    expect(said('steps.train.best.with.lost')).toBe('There is no `steps.train.best.with.lost`.');
    expect(said('steps.train.best.lost')).toBe('There is no `steps.train.best.lost`.');
    expect(said('steps.train.best.outs[3]')).toBe('There is no `steps.train.best.outs[3]`.');
    expect(said('steps.train.best')).toContain('Say what of the best');
    expect(said('steps.train.best.model')).toBe(`use ${x('steps.train.best.model')}`);
  });
});
