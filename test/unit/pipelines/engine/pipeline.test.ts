import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { reasonOf, statesOf, Workshop } from './workshop.ts';

let shop: Workshop;
beforeEach(() => {
  shop = new Workshop();
});
afterEach(() => expect(shop.problems).toEqual([]));

const DIAMOND = `
steps:
  top: {run: a}
  left: {run: b, needs: [top]}
  right: {run: c, needs: [top]}
  bottom: {run: d, needs: [left, right]}
`;

describe('a run', () => {
  it('starts a step once all that it needs has succeeded, and others beside it', async () => {
    const kept = await shop.start(DIAMOND);
    expect(shop.running).toEqual(['top']);
    await shop.attempt('top').end();
    expect(shop.running).toEqual(['left', 'right']);
    await shop.attempt('left').end();
    expect(shop.running).toEqual(['right']);
    await shop.attempt('right').end();
    await shop.attempt('bottom').end();
    expect(kept.run.state).toBe('succeeded');
  });

  it('keeps that a step runs before it is started, and how it ended', async () => {
    await shop.start('steps: {a: {run: a}}\n');
    expect(shop.kept).toEqual(['a running']);
    await shop.attempt('a').end();
    expect(shop.kept).toEqual(['a running', 'a succeeded', 'run']);
  });

  it('skips what needs a failed step, and carries out the rest', async () => {
    const kept = await shop.start(`
steps:
  bad: {run: a}
  child: {run: b, needs: [bad]}
  grandchild: {run: c, needs: [child]}
  apart: {run: d}
`);
    await shop.attempt('bad').fail(3);
    await shop.attempt('apart').end();
    expect(statesOf(kept)).toEqual({ bad: 'failed', child: 'skipped', grandchild: 'skipped', apart: 'succeeded' });
    expect(reasonOf(kept, 'bad')).toBe('it ended with exit code 3: its last words');
    expect(shop.abandoned).toEqual(['bad']);
    expect(kept.run.state).toBe('failed');
  });

  it('runs no more at once than the machine has processors for', async () => {
    shop = new Workshop({ cpus: 2 });
    await shop.start('steps: {a: {run: a}, b: {run: b}, c: {run: c}}\n');
    expect(shop.running).toEqual(['a', 'b']);
    await shop.attempt('a').end();
    expect(shop.running).toEqual(['b', 'c']);
  });

  it('waits with a step while another run writes the same, and not with others', async () => {
    const yaml = 'steps: {a: {run: a, outs: [x]}, b: {run: b, outs: [y]}}\n';
    await shop.start(yaml);
    const second = await shop.start('steps: {a: {run: a, outs: [x/deep]}, c: {run: c}}\n');
    expect(shop.running).toEqual(['a', 'b', 'c']);
    expect(second.run.steps[0]?.waits_for).toBe('a run that uses the same files');
    await shop.attempts[0]?.end();
    expect(shop.running).toEqual(['b', 'c', 'a']);
  });

  it('has a step that cannot be started fail, and goes on', async () => {
    const kept = await shop.start('steps: {a: {run: a}, b: {run: b}}\n');
    await shop.attempt('a').end({ code: null, how: 'not-started', reason: 'it could not be started: too long' });
    await shop.attempt('b').end();
    expect(statesOf(kept)).toEqual({ a: 'failed', b: 'succeeded' });
    expect(reasonOf(kept, 'a')).toBe('it could not be started: too long');
  });

  it('has a step fail that does not write what it says', async () => {
    shop.recordings.set('a', { kind: 'outs missing', paths: ['x'], reason: 'it did not write x' });
    const kept = await shop.start('steps: {a: {run: a, outs: [x]}}\n');
    await shop.attempt('a').end();
    expect([statesOf(kept), reasonOf(kept, 'a')]).toEqual([{ a: 'failed' }, 'it did not write x']);
  });
});

describe('a result that is known', () => {
  it('is taken in place of running, and its metrics count for the pipeline and for what refers to them', async () => {
    shop.known.set('train', { f1: 0.9 });
    const kept = await shop.start(`
steps:
  train: {run: a, outs: [model]}
  good: {run: b, if: steps.train.metrics.f1 > 0.8}
  bad: {run: c, if: steps.train.metrics.f1 > 0.95}
`);
    expect(shop.running).toEqual(['good']);
    await shop.attempt('good').end();
    expect(statesOf(kept)).toEqual({ train: 'succeeded', good: 'succeeded', bad: 'skipped' });
    expect(kept.run.steps[0]).toMatchObject({ cached: true, reason: 'nothing changed', child_run_id: 'earlier' });
    expect(shop.repeated).toEqual([{ f1: 0.9 }]);
  });

  it('is not asked for when the run is forced', async () => {
    shop.known.set('a', {});
    const kept = await shop.start('steps: {a: {run: a}}\n', { forced: true });
    expect(shop.running).toEqual(['a']);
    expect(reasonOf(kept, 'a')).toBe('it was asked for');
  });
});

describe('another attempt', () => {
  const YAML = 'steps: {a: {run: a, retry: {limit: 2, backoff: 10s, on: [failure]}}}\n';

  it('begins after a pause that doubles, as often as said', async () => {
    const kept = await shop.start(YAML);
    await shop.attempt('a').fail();
    expect(kept.run.steps[0]?.waits_for).toMatch(/^another attempt in 10 s/);
    await shop.wait(9_999);
    expect(shop.running).toEqual([]);
    await shop.wait(1);
    await shop.attempt('a').fail();
    await shop.wait(19_999);
    expect(shop.running).toEqual([]);
    await shop.wait(1);
    await shop.attempt('a').fail();
    expect(statesOf(kept)).toEqual({ a: 'failed' });
    expect(new Set(shop.attempts.map(({ task }) => task.id)).size).toBe(3);
    expect(shop.abandoned).toHaveLength(3);
  });

  it('may succeed', async () => {
    const kept = await shop.start(YAML);
    await shop.attempt('a').fail();
    await shop.wait(10_000);
    await shop.attempt('a').end();
    expect(kept.run.steps[0]).toMatchObject({ state: 'succeeded', attempt: 2 });
  });

  it('does not follow an end that the step does not name', async () => {
    const kept = await shop.start(YAML);
    await shop.attempt('a').end({ code: null, how: 'timeout' });
    expect(statesOf(kept)).toEqual({ a: 'failed' });
  });

  it('is given up when the run is cancelled', async () => {
    const kept = await shop.start(YAML);
    await shop.attempt('a').fail();
    await shop.cancel(kept);
    expect(statesOf(kept)).toEqual({ a: 'cancelled' });
    await shop.wait(60_000);
    expect(shop.attempts).toHaveLength(1);
  });

  it('follows at once when the machine lost the step, and is not counted; but not for ever', async () => {
    const kept = await shop.start(YAML);
    await shop.attempt('a').end({ code: null, how: 'lost', reason: 'its supervisor died' });
    expect(shop.running).toEqual(['a']);
    await shop.attempt('a').fail();
    expect(kept.run.steps[0]?.waits_for).toMatch(/^another attempt in 10 s/);
    await shop.wait(10_000);
    for (let loss = 0; loss < 3; loss++) await shop.attempt('a').end({ code: null, how: 'lost', reason: 'it died' });
    expect([statesOf(kept), reasonOf(kept, 'a')]).toEqual([{ a: 'failed' }, 'it died']);
  });
});

describe('variants of a step', () => {
  it('run so many at once as their matrix says', async () => {
    await shop.start('steps: {a: {run: a, matrix: {x: [1, 2, 3], max-parallel: 2}}}\n');
    expect(shop.running).toEqual(['a (1)', 'a (2)']);
    await shop.attempt('a (1)').end();
    expect(shop.running).toEqual(['a (2)', 'a (3)']);
  });

  it('are all ended when one fails, unless fail-fast is off', async () => {
    const kept = await shop.start('steps: {a: {run: a, matrix: {x: [1, 2]}}, b: {run: b}}\n');
    await shop.attempt('a (1)').fail();
    expect(statesOf(kept)).toEqual({ 'a (1)': 'failed', 'a (2)': 'cancelled', b: 'running' });
    expect(reasonOf(kept, 'a (2)')).toBe('a (1) failed');
    await shop.attempt('b').end();
    const other = await shop.start('steps: {a: {run: a, matrix: {x: [1, 2], fail-fast: false}}}\n');
    await shop.attempt('a (1)').fail();
    expect(statesOf(other)).toEqual({ 'a (1)': 'failed', 'a (2)': 'running' });
    await shop.attempt('a (2)').end();
  });
});

describe('cancelling', () => {
  const YAML = 'steps: {a: {run: a}, b: {run: b, needs: [a]}, clean: {run: c, needs: [b], if: always()}}\n';

  it('ends what runs, skips what waits, and still cleans up', async () => {
    const kept = await shop.start(YAML);
    await shop.cancel(kept);
    expect(statesOf(kept)).toEqual({ a: 'cancelled', b: 'skipped', clean: 'running' });
    expect(reasonOf(kept, 'a')).toBe('the run was cancelled');
    await shop.attempt('clean').end();
    expect(kept.run.state).toBe('cancelled');
  });

  it('asked for twice ends what cleans up, too', async () => {
    const kept = await shop.start(YAML);
    await shop.cancel(kept);
    await shop.cancel(kept);
    expect(statesOf(kept)).toEqual({ a: 'cancelled', b: 'skipped', clean: 'cancelled' });
  });

  it('of a step skips what needs it, and lets the rest go on', async () => {
    const kept = await shop.start('steps: {a: {run: a}, b: {run: b, needs: [a]}, c: {run: c}}\n');
    await shop.cancel(kept, 'a');
    expect(statesOf(kept)).toEqual({ a: 'cancelled', b: 'skipped', c: 'running' });
    await shop.attempt('c').end();
    expect(kept.run.state).toBe('cancelled');
  });

  it('reaches a step that waits for processors', async () => {
    shop = new Workshop({ cpus: 1 });
    const kept = await shop.start('steps: {a: {run: a}, b: {run: b}}\n');
    await shop.cancel(kept);
    expect(statesOf(kept)).toEqual({ a: 'cancelled', b: 'skipped' });
  });
});

describe('after the death of the daemon', () => {
  it('goes on with what runs, and with the rest after it', async () => {
    const before = await shop.start(DIAMOND);
    await shop.attempt('top').end();
    await shop.attempt('left').end();
    const kept = structuredClone(before);
    const { run, steps } = kept;
    kept.run = { ...run, steps: steps.map((step) => step.run) };
    const right = shop.attempt('right');
    const next = new Workshop();
    next.attempts.push(right);
    await next.goOn(kept);
    expect(next.attempts).toHaveLength(1);
    await right.end();
    expect(next.running).toEqual(['bottom']);
    await next.attempt('bottom').end();
    expect(kept.run.state).toBe('succeeded');
  });

  it('starts again what nobody knows', async () => {
    const before = await shop.start('steps: {a: {run: a}}\n');
    const next = new Workshop();
    const kept = structuredClone(before);
    kept.run.steps = kept.steps.map((step) => step.run);
    await next.goOn(kept);
    expect(next.attempts).toHaveLength(1);
    expect(kept.run.steps[0]?.attempt).toBe(2);
    await next.attempt('a').end();
    expect(statesOf(kept)).toEqual({ a: 'succeeded' });
  });
});
