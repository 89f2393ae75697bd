import { describe, expect, test } from 'vitest';
import { goalOf } from '../../../schemas/metric-goal.ts';
import { PANELS_VERSION } from '../../../schemas/panels/common.ts';
import { compareMetrics, compareParams, deltas, isBetter, relativeSizes } from '../../../webviews/runs/compare.ts';
import { pointsAsCsv } from '../../../webviews/runs/export.ts';
import { isCurve, matches, metricNames, summarise } from '../../../webviews/runs/metrics.ts';
import { distinctNames } from '../../../webviews/runs/names.ts';
import { baselineFirst } from '../../../webviews/runs/order.ts';
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
    const all = [
      run(
        'a',
        {},
        ['layer10', 'layer9', 'b/x', 'a'].map((key) => series(key, 1, () => 0)),
      ),
    ];
    expect(metricNames(all)).toEqual(['a', 'b/x', 'layer9', 'layer10']);
  });

  test('is a curve as soon as one run has two points', () => {
    const runs = [run('a', {}, [series('f1', 1, () => 0)]), run('b', {}, [series('f1', 2, () => 0)])];
    expect(isCurve(runs, 'f1')).toBe(true);
    expect(isCurve(runs.slice(0, 1), 'f1')).toBe(false);
  });

  test('is found by any of its words', () => {
    expect(matches('valid/f1_macro', 'F1 val')).toBe(true);
    expect(matches('valid/f1_macro', 'loss')).toBe(false);
    expect(matches('anything', '  ')).toBe(true);
  });
});

describe('what runs are compared with', () => {
  const [young, old] = [run('a', { started_at: NOW }), run('b', { started_at: NOW - 1 })];
  const order = (chosen: string | null) =>
    baselineFirst([young, old], chosen, 'vscode-dark').runs.map(({ run_id }) => run_id.charAt(0));

  test('is the oldest run, or the one that was chosen', () => {
    expect(order(null)).toEqual(['b', 'a']);
    expect(order(young.run_id)).toEqual(['a', 'b']);
    expect(order('gone')).toEqual(['b', 'a']);
  });

  test('changes no line: each run keeps its own', () => {
    const lineOf = (chosen: string) => {
      const { runs, styles } = baselineFirst([young, old], chosen, 'vscode-dark');
      return styles[runs.indexOf(young)];
    };
    expect(lineOf(old.run_id)).toEqual(lineOf(young.run_id));
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

describe('what differs between runs', () => {
  const a = run(
    'a',
    {
      params: [
        { key: 'lr', value: '0.1' },
        { key: 'depth', value: '3' },
      ],
    },
    [series('loss', 1, () => 0.5), series('f1', 1, () => 0.6)],
  );
  const b = run(
    'b',
    {
      params: [
        { key: 'lr', value: '0.3' },
        { key: 'depth', value: '3' },
      ],
    },
    [series('loss', 1, () => 0.4), series('f1', 1, () => 0.6)],
  );
  const c = run('c', { params: [] }, [series('loss', 1, () => 'NaN')]);

  test('params: each name once, a hole where a run has none', () => {
    expect(compareParams([a, b])).toEqual([
      { name: 'depth', values: ['3', '3'], differs: false },
      { name: 'lr', values: ['0.1', '0.3'], differs: true },
    ]);
    expect(compareParams([a, c])[0]).toEqual({ name: 'depth', values: ['3', undefined], differs: true });
  });

  test('metrics: the better one is named, unless all are equal or nothing can be compared', () => {
    expect(compareMetrics([a, b])).toEqual([
      { name: 'f1', values: [0.6, 0.6], differs: false, best: -1 },
      { name: 'loss', values: [0.5, 0.4], differs: true, best: 1 },
    ]);
    expect(compareMetrics([c, a]).find(({ name }) => name === 'loss')).toMatchObject({ differs: true, best: -1 });
    expect(compareMetrics([c, c])[0]).toMatchObject({ differs: false });
  });

  test('deltas are against the first run', () => {
    expect(deltas([1, 3, 1, undefined, Number.NaN])).toEqual([undefined, 2, undefined, undefined, undefined]);
    expect(deltas([undefined, 3])).toEqual([undefined, undefined]);
    expect([isBetter('loss', -1), isBetter('f1', -1)]).toEqual([true, false]);
  });

  test('runs of one name are told apart', () => {
    expect(distinctNames([a, run('abc', {}), run('x', { name: 'other' })])).toEqual([
      'brave-otter (a00000)',
      'brave-otter (abc000)',
      'other',
    ]);
  });
});

describe('what the extension says', () => {
  const one = run('a', {}, [series('loss', 2, () => 1)]);
  const all = reduce(NO_RUNS, { type: 'runs/all', runs: [one], pipeline: null });

  test('points are added; what came before the runs is not missed', () => {
    const points = {
      type: 'runs/points' as const,
      run_id: one.run_id,
      series: [{ key: 'f1', points: [[0, NOW, 0.5] as [number, number, number]] }],
    };
    const state = reduce(all, points);
    expect(state.runs?.[0]?.series.map(({ key }) => key)).toEqual(['loss', 'f1']);
    expect(reduce(NO_RUNS, points).runs).toBeNull();
    expect(reduce(state, points)).toEqual(state);
  });

  test('a log goes on where it was left; an answer that came twice is read once', () => {
    const first = { type: 'runs/log' as const, step: 'train', offset: 0, text: 'one\n', next_offset: 4 };
    const read = [first, first, { ...first, offset: 4, text: 'two\n', next_offset: 8 }].reduce(reduce, all);
    expect(read.logs.train).toEqual({ text: 'one\ntwo\n', next: 8 });
  });

  test('while it is away, everything stays', () => {
    const away = reduce(all, { type: 'connection', connection: 'away' });
    expect(away.runs).toBe(all.runs);
    expect(PANELS_VERSION).toBeGreaterThan(0);
  });
});

test('CSV quotes what a spreadsheet would misread', () => {
  const awkward = run('a', { name: 'a "b", c' }, [series('loss', 1, () => 'NaN')]);
  const [, line] = pointsAsCsv([awkward]).split('\n');
  expect(line).toBe(`${awkward.run_id},"a ""b"", c",loss,0,2026-05-01T11:59:00.000Z,NaN`);
});

test.each(['constructor', '__proto__'])('a step may be called %s', (step) => {
  const log = { type: 'runs/log' as const, step, offset: 0, text: 'a', next_offset: 1 };
  const { logs } = reduce(NO_RUNS, log);
  expect(outputOf(NO_RUNS.logs, step)).toBeUndefined();
  expect(outputOf(logs, step)).toEqual({ text: 'a', next: 1 });
});

test('a point of a time that no calendar has can be exported', () => {
  const odd = { ...run('r'), series: [{ key: 'loss', total: 1, points: [[0, Number.MAX_SAFE_INTEGER, 1]] }] };
  expect(pointsAsCsv([odd as Parameters<typeof pointsAsCsv>[0][number]])).toContain(',9007199254740991,1');
});

test('bars in the cells show relative size, and are left out where all would look alike', () => {
  expect(relativeSizes([1, 4, -2])).toEqual([0.25, 1, 0.5]);
  expect(relativeSizes([0.64, 0.63])).toEqual([0, 0]);
  expect(relativeSizes([undefined, 2, Number.NaN, 1])).toEqual([0, 1, 0, 0.5]);
  expect(relativeSizes([0, 0])).toEqual([0, 0]);
  expect(relativeSizes([undefined])).toEqual([0]);
});
