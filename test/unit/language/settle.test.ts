import { describe, expect, it } from 'vitest';
import type { FrozenPlan, Results, StepResult } from '../../../schemas/language/model.ts';
import { parsePipelineFile } from '../../../schemas/language/parse.ts';
import { planOf } from '../../../schemas/language/plan/plan.ts';
import type { PlanContext } from '../../../schemas/language/plan/scope.ts';
import type { Turn } from '../../../schemas/language/plan/settle.ts';
import { settleStep } from '../../../schemas/language/plan/settle.ts';

const open = '$' + '{{';
/** An expression. */
const x = (expression: string) => `${open} ${expression} }}`;

const plan = (steps: object, params = {}, context?: PlanContext) =>
  planOf(parsePipelineFile(JSON.stringify({ version: 1, params, steps })).model, context);

/** As it is read again from the store. */
const kept = (frozen: FrozenPlan): FrozenPlan => JSON.parse(JSON.stringify(frozen));
const ended = (state: StepResult['state'], metrics = {}): StepResult => ({ state, metrics });
const GOING: Turn = { cancelled: false };

function settle(steps: object, name: string, results: Results = {}, turn = GOING, params = {}) {
  const { problems, frozen } = plan(steps, params);
  expect(problems).toEqual([]);
  return settleStep(kept(frozen), name, results, turn);
}

/** What became of it, in one word or sentence. */
function went(...args: Parameters<typeof settle>): string {
  const settled = settle(...args);
  if ('skip' in settled) return `skip: ${settled.skip}`;
  if ('problem' in settled) return `problem: ${settled.problem}`;
  return settled.step.work.kind === 'run' ? settled.step.work.command : JSON.stringify(settled.step.work.with);
}

describe('whether a step runs', () => {
  const after = (condition?: string | boolean) => ({
    a: { run: 'true' },
    b: { run: 'true', needs: 'a' },
    c: { run: 'run', needs: 'b', ...(condition !== undefined && { if: condition }) },
  });
  const fine = { a: ended('succeeded'), b: ended('succeeded') };
  const failed = { a: ended('succeeded'), b: ended('failed') };
  const skipped = { a: ended('failed'), b: ended('skipped') };
  const coped = { a: ended('failed'), b: ended('succeeded') };

  it.each<[string | boolean | undefined, Results, boolean, string]>([
    [undefined, fine, false, 'run'],
    [undefined, failed, false, 'skip: `b` failed'],
    [undefined, skipped, false, 'skip: `b` was skipped'],
    [undefined, fine, true, 'skip: the run was cancelled'],
    [undefined, {}, false, 'run'],
    [true, failed, false, 'skip: `b` failed'],
    [false, fine, false, 'skip: its condition does not hold: false'],
    ['', fine, false, 'run'],
    ['always()', failed, false, 'run'],
    ['always()', fine, true, 'run'],
    [x('ALWAYS()'), failed, false, 'run'],
    ['failure()', failed, false, 'run'],
    ['failure()', skipped, false, 'run'],
    ['failure()', coped, false, 'skip: its condition does not hold: failure()'],
    ['failure()', fine, false, 'skip: its condition does not hold: failure()'],
    ['failure()', failed, true, 'skip: its condition does not hold: failure()'],
    ['cancelled()', failed, true, 'run'],
    ['cancelled()', failed, false, 'skip: its condition does not hold: cancelled()'],
    ['success()', coped, false, 'run'],
    ['!success()', skipped, false, 'run'],
    ['success() || failure()', failed, false, 'run'],
    ["steps.b.status == 'failed'", failed, false, 'skip: `b` failed'],
    ["always() && steps.b.status == 'failed'", failed, false, 'run'],
    [
      "always() && steps.b.status == 'failed'",
      fine,
      false,
      "skip: its condition does not hold: always() && steps.b.status == 'failed' (`steps.b.status` is succeeded)",
    ],
    [`${x('false')} && text`, fine, false, 'run'],
  ])('if: %s, %j, cancelled: %s: %s', (condition, results, cancelled, expected) => {
    expect(went(after(condition), 'c', results, { cancelled })).toBe(expected);
  });

  it('follows from metrics, and says what they were', () => {
    const steps = { a: { run: 'true' }, b: { run: 'run', if: x('steps.a.metrics.f1 > params.least') } };
    const of = (f1: number) => went(steps, 'b', { a: ended('succeeded', { f1 }) }, GOING, { least: 0.5 });
    expect(of(0.6)).toBe('run');
    expect(of(0.43)).toBe(
      'skip: its condition does not hold: steps.a.metrics.f1 > params.least (`steps.a.metrics.f1` is 0.43 and `params.least` is 0.5)',
    );
  });

  it('is weighed on what secrets stand for, which are not shown', () => {
    const steps = { a: { run: 'run', if: "env.TOKEN == 'secret'" } };
    const { frozen } = plan(steps, {}, { env: { TOKEN: '<TOKEN>' } });
    const turn = (word: string) => ({
      ...GOING,
      env: { TOKEN: '<TOKEN>' },
      reveal: (text: string) => text.replaceAll('<TOKEN>', word),
    });
    expect(settleStep(kept(frozen), 'a', {}, turn('secret'))).toHaveProperty('step');
    expect(settleStep(kept(frozen), 'a', {}, turn('other'))).toEqual({
      skip: "its condition does not hold: env.TOKEN == 'secret'",
    });
  });
});

describe('what was late', () => {
  const steps = {
    evaluate: { run: 'true' },
    report: {
      run: `echo ${x('steps.evaluate.metrics.f1')}`,
      outs: `report-${x('steps.evaluate.metrics.f1')}.txt`,
      env: { F1: x('steps.evaluate.metrics.f1') },
      timeout: x("format('{0}s', steps.evaluate.metrics.f1)"),
    },
  };

  it('stays as it is written in the plan, which says so', () => {
    const { steps: planned, problems } = plan(steps);
    expect(problems).toEqual([]);
    expect(planned[1]).toMatchObject({
      late: true,
      work: { command: `echo ${x('steps.evaluate.metrics.f1')}` },
      env: { F1: x('steps.evaluate.metrics.f1') },
      timeoutMs: null,
      needs: ['evaluate'],
    });
    expect(planned[0]?.late).toBe(false);
  });

  it('is filled in everywhere', () => {
    expect(settle(steps, 'report', { evaluate: ended('succeeded', { f1: 0.5 }) })).toMatchObject({
      step: {
        late: false,
        work: { command: 'echo 0.5' },
        writes: ['report-0.5.txt'],
        env: { F1: '0.5' },
        timeoutMs: 500,
        needs: ['evaluate'],
      },
    });
  });

  it('is a problem in words where it is missing, unless something stands in for it', () => {
    const use = (expression: string) => ({
      a: { run: 'true' },
      b: { run: `use ${x(expression)}`, if: 'always()', needs: 'a' },
    });
    const of = (expression: string, result: StepResult) => went(use(expression), 'b', { a: result });
    expect(of('steps.a.metrics.f1', ended('skipped'))).toBe(
      'problem: `a` was skipped, so there is no `steps.a.metrics.f1`.',
    );
    expect(of('steps.a.metrics.f1', ended('failed', { f1: 1 }))).toBe(
      'problem: `a` failed, so there is no `steps.a.metrics.f1`.',
    );
    expect(of('steps.a.metrics.fi', ended('succeeded', { f1: 1 }))).toBe(
      'problem: `a` logged no metric `fi`: did you mean `f1`?',
    );
    expect(of('steps.a.metrics.x', ended('succeeded'))).toBe('problem: `a` logged no metric `x`: it logged none.');
    expect(of("steps.a.metrics.x || 'none'", ended('skipped'))).toBe('use none');
    expect(of('steps.a.status', ended('skipped'))).toBe('use skipped');
    expect(of("always() && 'yes'", ended('failed'))).toBe('use yes');
  });

  it('is never worked out twice: a value that looks like an expression is a value', () => {
    const params = { evil: x("format('{0}', steps.a.metrics.f1)"), path: `p/${x('params.evil')}` };
    const all = {
      a: { run: 'true' },
      b: {
        run: `echo ${x('params.evil')} ${x('steps.a.metrics.f1')} ${x('env.E')}`,
        env: { E: x('params.evil') },
        deps: x('params.path'),
      },
    };
    const settled = settle(all, 'b', { a: ended('succeeded', { f1: 1 }) }, GOING, params);
    expect(settled).toMatchObject({
      step: {
        work: { command: `echo ${params.evil} 1 ${params.evil}` },
        env: { E: params.evil },
        reads: [`p/${x('params.evil')}`],
      },
    });
  });

  it('carries marks of secrets as they are', () => {
    const late = { a: { run: 'true' }, b: { run: `use ${x('env.TOKEN')} ${x('steps.a.metrics.f1')}` } };
    const env = { TOKEN: '<TOKEN>' };
    const { frozen } = plan(late, {}, { env });
    expect(JSON.stringify(frozen)).not.toContain('secret');
    const turn = { ...GOING, env, reveal: (text: string) => text.replaceAll('<TOKEN>', 'secret') };
    expect(settleStep(kept(frozen), 'b', { a: ended('succeeded', { f1: 1 }) }, turn)).toMatchObject({
      step: { work: { command: 'use <TOKEN> 1' } },
    });
  });

  it('may be a hash of files, as they are when it is the step’s turn', () => {
    const hashed = { a: { run: `use ${x("hashFiles('*.lock', 'src')")}`, if: "hashFiles('x') != ''" } };
    const turn = (hash: string) => ({
      ...GOING,
      hashFiles: (patterns: readonly string[]) => `${hash}${patterns.join()}`,
    });
    expect(went(hashed, 'a', {}, turn('#'))).toBe('use #*.lock,src');
    expect(went(hashed, 'a')).toBe('problem: `if`: `hashFiles()` cannot be worked out here.');
  });

  it('is looked through before anything runs', () => {
    const told = (expression: string) =>
      plan({ a: { run: 'true' }, b: { run: x(expression) }, c: { run: 'true', if: expression } }).problems;
    const both = (message: string) => [
      { step: 'b', message },
      { step: 'c', message },
    ];
    expect(told('steps.a.metrics.f1 > params.lost')).toEqual(both('There is no `params.lost`.'));
    expect(told('steps.lost.metrics.f1')).toEqual(both('There is no step `lost` for `steps.lost.metrics.f1`.'));
    expect(told('steps.a.metrics.f1 > params.lost || 1')).toEqual(both('There is no `params.lost`.'));
    expect(told('params.lost || steps.a.metrics.f1')).toEqual([]);
    expect(told('steps.a.metrics.f1 && nothing()')[0]?.message).toContain('There is no function `nothing`');
  });
});

describe('the best variant', () => {
  const train = (more = {}) => ({
    run: 'true',
    matrix: { depth: [3, 5] },
    outs: [`m-${x('matrix.depth')}`],
    ...more,
  });
  const use = (expression: string, more = {}) => ({
    train: train(more),
    use: { run: `use ${x(`steps.train.best.${expression}`)}` },
  });
  const results = (three: object, five: object): Results => ({
    'train (3)': ended('succeeded', three),
    'train (5)': ended('succeeded', five),
  });
  const best = (expression: string, more: object, three: object, five: object) =>
    went(use(expression, more), 'use', results(three, five));

  it('is that of the goal that the step names', () => {
    expect(best('outs[0]', { best: 'maximize f1' }, { f1: 0.7 }, { f1: 0.6 })).toBe('use m-3');
    expect(best('matrix.depth', { best: 'minimize loss' }, { loss: 2 }, { loss: 1 })).toBe('use 5');
    expect(best('metrics.f1', { best: 'maximize f1' }, { f1: 0.7 }, { f1: 0.6 })).toBe('use 0.7');
    expect(best('matrix.depth', { best: 'maximize f1' }, { f1: 0.5 }, { f1: 0.5 })).toBe('use 3');
    expect(best('matrix.depth', { best: 'maximize f1' }, { f1: Number.NaN }, { f1: -1 })).toBe('use 5');
    expect(best('matrix.depth', { best: 'maximize f1' }, {}, {})).toBe(
      'problem: No variant of `train` logged `f1`, so none is the best.',
    );
  });

  it('is else that of what people look at first, or the step must say', () => {
    expect(best('matrix.depth', {}, { accuracy: 0.9, loss: 1 }, { accuracy: 0.8, loss: 0 })).toBe('use 3');
    expect(best('matrix.depth', {}, { rmse: 2 }, { rmse: 1 })).toBe('use 5');
    expect(best('matrix.depth', {}, { mine: 2 }, { mine: 1 })).toBe(
      'problem: Nothing says which variant of `train` is the best: add `best: maximize METRIC` to it; it logged mine.',
    );
  });

  it('is one of those that succeeded', () => {
    const steps = {
      train: train({ best: 'maximize f1' }),
      use: { run: x('steps.train.best.matrix.depth'), if: 'always()' },
    };
    const one = { 'train (3)': ended('failed', { f1: 1 }), 'train (5)': ended('succeeded', { f1: 0 }) };
    expect(went(steps, 'use', one)).toBe('5');
    const none = { 'train (3)': ended('failed'), 'train (5)': ended('cancelled') };
    expect(went(steps, 'use', none)).toBe('problem: No variant of `train` succeeded, so none is the best.');
  });

  it('of the built-in `train` has the least loss on rows that were set aside, and `model` is the folder that it wrote', () => {
    const steps = {
      train: {
        uses: 'train',
        with: { data: 'd', target: 'y', out: `models/${x('matrix.l2')}`, l2: x('matrix.l2') },
        matrix: { l2: [1, 10] },
      },
      evaluate: { uses: 'evaluate', with: { model: x('steps.train.best.model'), data: 'd' } },
    };
    const settled = settle(steps, 'evaluate', {
      'train (1)': ended('succeeded', { loss: 0.1, validation_loss: 0.9 }),
      'train (10)': ended('succeeded', { loss: 0.2, validation_loss: 0.5 }),
    });
    expect(settled).toMatchObject({ step: { reads: ['models/10', 'd'], work: { with: { model: 'models/10' } } } });
  });

  it('needs no run where there is one variant, or no matrix at all', () => {
    const { steps, problems } = plan({
      train: { uses: 'train', with: { data: 'd', target: 'y', out: 'm' } },
      evaluate: { uses: 'evaluate', with: { model: x('steps.train.best.model'), data: 'd' } },
    });
    expect(problems).toEqual([]);
    expect(steps[1]).toMatchObject({ late: false, reads: ['m', 'd'] });
  });
});

it('a variant is settled as itself', () => {
  const steps = {
    base: { run: 'true' },
    train: {
      run: `train ${x('matrix.n')} ${x('steps.base.metrics.k')}`,
      matrix: { n: x('params.ns') },
      if: 'matrix.n > 1',
    },
  };
  const results = { base: ended('succeeded', { k: 9 }) };
  const params = { ns: [1, 2] };
  expect(went(steps, 'train (2)', results, GOING, params)).toBe('train 2 9');
  expect(went(steps, 'train (1)', results, GOING, params)).toBe(
    'skip: its condition does not hold: matrix.n > 1 (`matrix.n` is 1)',
  );
});

it('a plan without conditions keeps nothing but its steps', () => {
  const { frozen, steps } = plan({ a: { run: 'true' }, b: { run: 'true', needs: 'a' } }, { secret: 'much' });
  expect(frozen).toEqual({ steps, source: null });
});
