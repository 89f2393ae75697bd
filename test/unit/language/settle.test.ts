import { describe, expect, it } from 'vitest';
import type { Results, StepResult } from '../../../schemas/language/model.ts';
import { settleStep } from '../../../schemas/language/plan/settle.ts';
import { ended, GOING, kept, plan, settle, went, x } from './settling.ts';

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
    expect(of('steps.a.metrics.test.f1', ended('succeeded', { 'test.f1': 0.5 }))).toBe('use 0.5');
    expect(of('steps.a.metrics.test', ended('succeeded', { 'test.f1': 0.5 }))).toBe(
      'problem: `a` logged no metric `test`: did you mean `test.f1`?',
    );
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
