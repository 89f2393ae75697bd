import { describe, expect, test } from 'vitest';
import { brushed } from '../../../../webviews/compare/model/brushes.ts';
import { canColour, coloured, colourScale, scaleColour } from '../../../../webviews/compare/model/colours.ts';
import { columnsOf } from '../../../../webviews/compare/model/columns.ts';
import { pointsCsv, tableCsv } from '../../../../webviews/compare/model/csv.ts';
import { itemsOf } from '../../../../webviews/compare/model/items.ts';
import { bestOf, curveMetrics, matches } from '../../../../webviews/compare/model/metrics.ts';
import { sortedItems } from '../../../../webviews/compare/model/sorting.ts';
import { axisOf } from '../../../../webviews/compare/parallel/axis.ts';
import { chosenAxes, firstAxes, moved } from '../../../../webviews/compare/parallel/choice.ts';
import { placeY, tracesOf } from '../../../../webviews/compare/parallel/geometry.ts';
import { byStanding } from '../../../../webviews/compare/parallel/standing.ts';
import { gridSearch } from '../../../contract/webviews/compare-states.ts';
import { NOW, run, series } from '../../../contract/webviews/recorded.ts';

const params = (values: Record<string, string>) => Object.entries(values).map(([key, value]) => ({ key, value }));
const runs = [
  run('a', { name: 'twin', started_at: NOW, params: params({ lr: '0.1', opt: 'adam', seed: '7' }) }, [
    series('loss', 2, (at) => 1 - at / 2),
  ]),
  run('b', { name: 'twin', started_at: NOW - 9, params: params({ lr: '0.001', opt: 'sgd', seed: '7' }) }, [
    series('loss', 2, () => 0.25),
    series('f1', 1, () => 0.6),
  ]),
  run('c', { name: 'solo', started_at: NOW - 5, params: params({ lr: '10', seed: '7' }) }, [
    series('loss', 1, () => 'NaN'),
  ]),
];
const items = itemsOf(runs, null, 'vscode-dark');
const columns = columnsOf(items);
const column = (id: string) => {
  const found = columns.find((one) => one.id === id);
  if (!found) throw new Error(`there is no column ${id}`);
  return found;
};
const ids = (list: { id: string }[]) => list.map(({ id }) => id.charAt(0)).join('');

describe('the runs', () => {
  test('begin with the oldest or the chosen one, keep their lines, and have names of their own', () => {
    expect(ids(items)).toBe('bac');
    expect(ids(itemsOf(runs, runs[2]?.run_id ?? '', 'vscode-dark'))).toBe('cab');
    const lines = (baseline: string | null) =>
      new Map(itemsOf(runs, baseline, 'vscode-dark').map(({ id, style }) => [id, style]));
    expect(lines(runs[2]?.run_id ?? '')).toEqual(lines(null));
    expect(items.map(({ name }) => name)).toEqual(['twin (b00000)', 'twin (a00000)', 'solo']);
  });

  test('begin with the oldest that has results: a search only holds its trials together', () => {
    const [first, second] = [
      run('e', { started_at: 5 }, [series('loss', 1, () => 1)]),
      run('f', { started_at: 1 }, []),
    ];
    expect(ids(itemsOf([first, second], null, 'vscode-dark'))).toBe('ef');
    expect(ids(itemsOf([{ ...first, series: [] }, second], null, 'vscode-dark'))).toBe('fe');
  });

  test('have the best value where its name says which way is better', () => {
    expect(bestOf(items, 'loss')).toMatchObject({ value: 0.25, step: 0, item: { name: 'twin (b00000)' } });
    expect(bestOf(items, 'nothing')).toBeUndefined();
    expect(curveMetrics(items)).toEqual(['loss']);
    expect(matches('valid/F1', 'val f1')).toBe(true);
  });

  test('are sorted by a column, what has no value last, the baseline on top', () => {
    const sorted = (sort: Parameters<typeof sortedItems>[2]) => ids(sortedItems(items, columns, sort));
    expect(sorted({ column: 'param:lr', descending: false })).toBe('bac');
    expect(sorted({ column: 'param:lr', descending: true })).toBe('cab');
    expect(sorted({ column: 'metric:loss', descending: false })).toBe('bac');
    expect(sorted({ column: 'metric:loss', descending: true })).toBe('abc');
    expect(ids(sortedItems(items, columns, { column: 'param:lr', descending: true }, items[0]))).toBe('bca');
  });
});

describe('columns', () => {
  test('are the params, then the metrics; they know whether they differ and are numbers', () => {
    const facts = columns.map(({ id, numeric, differs }) => [id, numeric, differs]);
    expect(facts).toEqual([
      ['param:lr', true, true],
      ['param:opt', false, true],
      ['param:seed', true, false],
      ['metric:f1', true, true],
      ['metric:loss', true, true],
    ]);
  });

  test('that differ are the first axes; chosen ones stay in their order', () => {
    expect(firstAxes(columns)).toEqual(['param:lr', 'param:opt', 'metric:f1', 'metric:loss']);
    expect(chosenAxes(columns, ['metric:loss', 'gone', 'param:seed']).map(({ id }) => id)).toEqual([
      'metric:loss',
      'param:seed',
    ]);
    expect(moved(['a', 'b', 'c'], 'a', 1)).toEqual(['b', 'a', 'c']);
    expect(moved(['a', 'b', 'c'], 'c', -3)).toEqual(['c', 'a', 'b']);
  });

  test('that hardly any run has, such as those of the parents of a search, are no first axes', () => {
    const parent = run('p', { name: 'search', params: params({ candidates: '40' }) });
    const found = columnsOf(itemsOf([parent, ...gridSearch(40, 3)], null, 'vscode-dark'));
    expect(found.find(({ id }) => id === 'param:candidates')?.differs).toBe(true);
    expect(firstAxes(found)).not.toContain('param:candidates');
    expect(firstAxes(found)).toContain('param:learning_rate');
  });

  test('of results are coloured by how many runs are worse, so that a few failures leave room for the others', () => {
    const runs = [0.1, 0.9, 0.92, 0.94].map((f1, at) => run(String(at), {}, [series('f1', 1, () => f1)]));
    const found = itemsOf(runs, null, 'vscode-light');
    const f1 = columnsOf(found).find(({ name }) => name === 'f1');
    if (!f1) throw new Error('there is no f1');
    const scale = colourScale(f1, found, 'vscode-light');
    expect([scale.min, scale.middle, scale.max]).toEqual([0.1, 0.92, 0.94]);
    expect(new Set(found.map(scale.colourOf)).size).toBe(4);
    expect(scale.colourOf(found[1] ?? ({} as never))).toBe(scaleColour(1 / 3, 'vscode-light'));
  });

  test('of the results of two runs have no number in the middle', () => {
    const found = itemsOf(
      [0.1, 0.9].map((f1, at) => run(String(at), {}, [series('f1', 1, () => f1)])),
      null,
      'vscode-light',
    );
    const f1 = columnsOf(found).find(({ name }) => name === 'f1');
    const scale = colourScale(f1 ?? expect.fail(), found, 'vscode-light');
    expect([scale.min, scale.middle, scale.max]).toEqual([0.1, undefined, 0.9]);
  });

  test('of few words have a colour each, and colour the curves of their runs', () => {
    const scale = colourScale(column('param:opt'), items, 'vscode-light');
    expect(scale.words.map(({ word }) => word)).toEqual(['adam', 'sgd']);
    expect(canColour(column('param:opt'))).toBe(true);
    const curves = coloured(items, column('param:opt'), 'vscode-light');
    const solo = curves.find(({ name }) => name === 'solo');
    expect(solo?.style).toMatchObject({ colour: '#808080', dash: [] });
    const sgd = curves.find(({ params }) => params.get('opt') === 'sgd');
    expect(sgd?.style.colour).toBe(scale.words[1]?.colour);
  });

  test('colour runs from the least to the greatest, and those without a value grey', () => {
    const scale = colourScale(column('metric:loss'), items, 'vscode-dark');
    expect([scale.min, scale.max]).toEqual([0.25, 0.5]);
    const [b, a, c] = items.map(scale.colourOf);
    expect(b).not.toBe(a);
    expect(c).toBe('#808080');
  });
});

describe('an axis', () => {
  test('of numbers over decades is logarithmic', () => {
    const axis = axisOf(column('param:lr'));
    expect(axis.logarithmic).toBe(true);
    expect(axis.placeOf(0.1)).toBeCloseTo(0.5);
    expect(axis.placeOf(undefined)).toBeNull();
    expect(axis.ticks.map(({ label }) => label)).toEqual(['0.001', '0.01', '0.1', '1', '10']);
  });

  test('of words has a place for each', () => {
    const axis = axisOf(column('param:opt'));
    expect(axis.ticks).toEqual([
      { place: 0, label: 'adam' },
      { place: 1, label: 'sgd' },
    ]);
  });

  test('keeps the runs that pass through what is marked', () => {
    const kept = (brushes: Parameters<typeof brushed>[2]) =>
      [
        ...brushed(
          items.map(({ id }) => id),
          columns,
          brushes,
        ),
      ]
        .map((id) => id.charAt(0))
        .join('');
    const lr = axisOf(column('param:lr'));
    const opt = axisOf(column('param:opt'));
    expect(kept({})).toBe('bac');
    expect(kept({ 'param:lr': lr.brushOf(0, 0.6) ?? { words: [] } })).toBe('ba');
    expect(kept({ 'param:opt': opt.brushOf(0.5, 1) ?? { words: [] } })).toBe('b');
    expect(lr.brushOf(0, 1)).toBeNull();
    expect(lr.stretchOf(lr.brushOf(0.25, 0.75) ?? { words: [] })).toEqual([expect.closeTo(0.25), expect.closeTo(0.75)]);
  });

  test('marked to its end keeps what lies there, however it is rounded', () => {
    const many = itemsOf(gridSearch(60, 5), null, 'vscode-light');
    for (const one of columnsOf(many).filter(({ numeric, differs }) => numeric && differs)) {
      const brush = axisOf(one).brushOf(0.5, 1);
      const greatest = many.reduce((best, item) =>
        Number(one.cells.get(item.id)) > Number(one.cells.get(best.id)) ? item : best,
      );
      expect(brushed([greatest.id], [one], { [one.id]: brush ?? { words: [] } }).size, one.id).toBe(1);
    }
  });
});

describe('lines over the axes', () => {
  const grid = itemsOf(gridSearch(40, 3), null, 'vscode-dark');
  const columns = columnsOf(grid);
  const loss = columns.find(({ id }) => id === 'metric:train/loss');
  const frame = { width: 800, height: 300 };

  test('lie side by side where many runs have one value, the best on top', () => {
    const axes = columns.filter(({ id }) => id === 'param:optimizer' || id === 'metric:train/loss').map(axisOf);
    const traces = tracesOf(byStanding(grid, loss), axes, frame);
    const losses = traces.map(({ item }) => item.metrics.get('train/loss') ?? Number.NaN);
    expect(losses).toEqual([...losses].sort((a, b) => b - a));
    const heights = traces
      .filter(({ item }) => item.params.get('optimizer') === 'adam')
      .map(({ places }) => places[0]?.y ?? 0);
    expect(new Set(heights).size).toBe(heights.length);
    expect(Math.max(...heights) - Math.min(...heights)).toBeLessThan(15);
    expect(heights).toEqual([...heights].sort((a, b) => b - a));
  });

  test('of a few runs, or of values that differ, go just through their values', () => {
    const [axis] = columns.filter(({ id }) => id === 'metric:train/loss').map(axisOf);
    if (!axis) return;
    for (const { item, places } of tracesOf(grid, [axis], frame)) {
      expect(places[0]?.y).toBeCloseTo(placeY(axis.placeOf(axis.column.cells.get(item.id)), frame));
    }
  });
});

test('what is handed out as CSV is quoted where it must be', () => {
  expect(tableCsv({ head: ['a,b', 'c'], rows: [['say "x"', 'line\nbreak']] })).toBe(
    '"a,b",c\n"say ""x""","line\nbreak"\n',
  );
  const lines = pointsCsv(items).trim().split('\n');
  expect(lines[0]).toBe('run_id,run,metric,step,time,value');
  expect(lines).toHaveLength(1 + 2 + 1 + 2 + 1);
});
