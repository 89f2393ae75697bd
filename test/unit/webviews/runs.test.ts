import { describe, expect, test } from 'vitest';
import { goalOf } from '../../../schemas/metric-goal.ts';
import { PANELS_VERSION } from '../../../schemas/panels/common.ts';
import { pointsAsCsv } from '../../../webviews/runs/export.ts';
import { linesOf } from '../../../webviews/runs/log/window.ts';
import { isCurve, matches, metricNames, summarise } from '../../../webviews/runs/metrics.ts';
import { failedStep, NO_RUNS, outputOf, reduce, sharedReason } from '../../../webviews/runs/state.ts';
import { begun, NOW, pipeline, run, series } from '../../contract/webviews/recorded.ts';

describe('a metric in numbers', () => {
  test.each([
    ['train/loss', 'lowest'],
    ['val_rmse', 'lowest'],
    ['log_loss', 'lowest'],
    ['latency_p95_ms', 'lowest'],
    ['accuracy', 'highest'],
    ['f1_macro', 'highest'],
    ['lossless_ratio', 'highest'],
    ['forms', 'highest'],
  ])('%s is best at its %s', (name, goal) => {
    expect(goalOf(name)).toBe(goal);
  });

  test('says last, best, and where the best was first reached', () => {
    const summary = summarise(series('loss', 4, (at) => [3, 1, 1, 2][at] ?? 0));
    expect(summary).toMatchObject({ last: 2, best: 1, bestStep: 1, lowest: 1, highest: 3, notNumbers: 0 });
  });

  test('has no best where nothing is a number, and counts what is none', () => {
    expect(summarise(series('loss', 3, () => 'NaN'))).toMatchObject({ last: Number.NaN, best: null, notNumbers: 3 });
    expect(summarise(series('f1', 2, (at) => (at ? 'Infinity' : 0.5)))).toMatchObject({ best: 0.5, notNumbers: 1 });
    expect(summarise(series('f1', 0, () => 0))).toBeNull();
  });

  test('is listed in the order people count', () => {
    const keys = ['layer10', 'layer9', 'b/x', 'a'];
    const one = run(
      'a',
      {},
      keys.map((key) => series(key, 1, () => 0)),
    );
    expect(metricNames(one)).toEqual(['a', 'b/x', 'layer9', 'layer10']);
  });

  test('is a curve as soon as it has two points', () => {
    const one = run('a', {}, [series('once', 1, () => 0), series('twice', 2, () => 0)]);
    expect([isCurve(one, 'once'), isCurve(one, 'twice'), isCurve(one, 'never')]).toEqual([false, true, false]);
  });

  test('is found by any of its words', () => {
    expect(matches('valid/f1_macro', 'F1 val')).toBe(true);
    expect(matches('valid/f1_macro', 'loss')).toBe(false);
    expect(matches('anything', '  ')).toBe(true);
  });
});

describe('the steps of a run', () => {
  test('say why they ran once for all, and what failed', () => {
    expect(sharedReason(begun)).toBe('every step runs each time');
    expect(sharedReason(pipeline)).toBeUndefined();
    expect(failedStep(pipeline)?.name).toBe('train');
    expect(failedStep(null)).toBeUndefined();
  });
});

describe('what the extension says', () => {
  const one = run('a', {}, [series('loss', 2, () => 1)]);
  const all = reduce(NO_RUNS, { type: 'runs/all', run: one, pipeline: null });

  test('points are added; what came before the runs is not missed', () => {
    const points = {
      type: 'runs/points' as const,
      series: [{ key: 'f1', points: [[0, NOW, 0.5] as [number, number, number]] }],
    };
    const state = reduce(all, points);
    expect(state.run?.series.map(({ key }) => key)).toEqual(['loss', 'f1']);
    expect(reduce(NO_RUNS, points).run).toBeNull();
    expect(reduce(state, points)).toEqual(state);
  });

  test('a log goes on where it was left; what came twice is read once', () => {
    const log = { attempt: 1, offset: 0, text: 'one\n', next_offset: 4, bytes: 4, ended: false };
    const first = { type: 'runs/log' as const, step: 'train', log };
    const second = { ...first, log: { ...log, offset: 4, text: 'two\n', next_offset: 8, bytes: 8 } };
    const read = [first, first, second].reduce(reduce, all);
    expect(linesOf(read.logs.train?.window ?? { blocks: [] }).map(({ text }) => text)).toEqual(['one', 'two']);
  });

  test('while it is away, everything stays', () => {
    const away = reduce(all, { type: 'connection', connection: 'away' });
    expect(away.run).toBe(all.run);
    expect(PANELS_VERSION).toBeGreaterThan(0);
  });
});

test('CSV quotes what a spreadsheet would misread', () => {
  const awkward = run('a', { name: 'a "b", c' }, [series('loss', 1, () => 'NaN')]);
  const [, line] = pointsAsCsv(awkward).split('\n');
  expect(line).toBe(`${awkward.run_id},"a ""b"", c",loss,0,2026-05-01T11:59:00.000Z,NaN`);
});

test.each(['constructor', '__proto__'])('a step may be called %s', (step) => {
  const log = { attempt: 1, offset: 0, text: 'a', next_offset: 1, bytes: 1, ended: false };
  const { logs } = reduce(NO_RUNS, { type: 'runs/log', step, log });
  expect(outputOf(NO_RUNS.logs, step)).toBeUndefined();
  expect(outputOf(logs, step)?.window.bytes).toBe(1);
});

test('a point of a time that no calendar has can be exported', () => {
  const odd = { ...run('r'), series: [{ key: 'loss', total: 1, points: [[0, Number.MAX_SAFE_INTEGER, 1]] }] };
  expect(pointsAsCsv(odd as Parameters<typeof pointsAsCsv>[0])).toContain(',9007199254740991,1');
});
