import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseFilter } from '../../../schemas/search/index.ts';
import { tableAsCsv } from '../../../webviews/table/csv.ts';
import { fieldsOf, NAME_FIELD } from '../../../webviews/table/data/fields.ts';
import { Runs } from '../../../webviews/table/data/runs.ts';
import type { TableLook } from '../../../webviews/table/look.ts';
import { DEFAULT_LOOK } from '../../../webviews/table/look.ts';
import { noTable, reduce } from '../../../webviews/table/state.ts';
import { cellText, differenceOf } from '../../../webviews/table/view/cells.ts';
import { columnsOf, isConstantIn, moveColumn, shiftColumn } from '../../../webviews/table/view/columns.ts';
import { aggregateOf } from '../../../webviews/table/view/groups.ts';
import { viewOf } from '../../../webviews/table/view/view.ts';
import { NOW } from '../../contract/webviews/recorded.ts';
import { runId, tableExperiment, tablePage } from '../../contract/webviews/table-pages.ts';

function tableOf(...pages: ReturnType<typeof tablePage>[]) {
  const runs = new Runs();
  for (const page of pages) runs.put(page);
  const fields = new Map(fieldsOf(runs).map((field) => [field.id, field]));
  const field = (id: string) => {
    const found = fields.get(id);
    if (!found) throw new Error(`there is no ${id}`);
    return found;
  };
  const view = (look: Partial<TableLook> = {}, opened: string[] = []) => {
    const conditions = parseFilter(look.filter ?? '', 'runs');
    return viewOf({ runs, fields, conditions, look: { ...DEFAULT_LOOK, ...look }, opened: new Set(opened) });
  };
  return { runs, fields, field, view };
}

describe('runs, column by column', () => {
  test('have what the last page says of them, and nothing of before', () => {
    const { runs } = tableOf(tablePage(0, 3), tablePage(1, 2, { tags: [], params: [], metrics: [] }));
    expect(runs.count).toBe(3);
    expect(runs.params.get('optimizer')?.get(0)).toBe('adam');
    expect(runs.params.get('optimizer')?.get(1)).toBeUndefined();
    expect(runs.metrics.get('accuracy')?.last.get(1)).toBeUndefined();
    expect(runs.metrics.get('val/loss')?.extreme(1, 'least')).toBeUndefined();
  });

  test('have extremes and the best step only where a metric was logged more than once', () => {
    const { fields, field } = tableOf(tablePage(0, 3));
    expect(fields.has('metric.min:accuracy')).toBe(false);
    expect(field('metric.step:val/loss').number(2)).toBe(2);
    expect(field('metric.max:val/loss').number(0)).toBeCloseTo(0.9);
  });

  test('are read anew behind those that are shown', () => {
    const begin = [
      { type: 'table/begin' },
      { type: 'table/page', page: tablePage(0, 5) },
      { type: 'table/end' },
    ] as const;
    const shown = begin.reduce(reduce, noTable());
    const again = [{ type: 'table/begin' }, { type: 'table/page', page: tablePage(3, 4) }] as const;
    const half = again.reduce(reduce, shown);
    expect([half.runs.count, half.loading]).toEqual([5, true]);
    const whole = reduce(half, { type: 'table/end' });
    expect([whole.runs.count, whole.loading]).toEqual([1, false]);
    expect(reduce(whole, { type: 'table/removed', run_ids: [runId(3)] }).runs.count).toBe(0);
    expect(reduce(whole, { type: 'table/experiment', experiment: tableExperiment }).experiment?.name).toBe(
      'match-outcome',
    );
  });
});

describe('the order of runs', () => {
  test('is by numbers where params are numbers, NaN before nothing, both at the end', () => {
    const page = tablePage(0, 5, {
      params: [{ key: 'lr', at: [0, 1, 2], values: ['10', '9', '1e1'] }],
      metrics: [{ key: 'm', at: [0, 1, 2, 3], last: ['NaN', 2, 'Infinity', -1], step: [0, 0, 0, 0] }],
    });
    const { view } = tableOf(page);
    const by = (field: string, descending: boolean) => [...view({ sorts: [{ field, descending }] }).rows];
    expect(by('param:lr', false)).toEqual([1, 0, 2, 3, 4]);
    expect(by('param:lr', true)).toEqual([0, 2, 1, 3, 4]);
    expect(by('metric:m', false)).toEqual([3, 1, 2, 0, 4]);
    expect(by('metric:m', true)).toEqual([2, 1, 3, 0, 4]);
  });

  test('is decided by one column after the other, then by the time', () => {
    const { view, field } = tableOf(tablePage(0, 200));
    const sorts = [
      { field: 'param:optimizer', descending: false },
      { field: 'param:batch_size', descending: true },
    ];
    const { rows } = view({ sorts });
    const keys = [...rows].map((row) => [
      field('param:optimizer').text(row),
      -(field('param:batch_size').number(row) ?? 0),
      row,
    ]);
    expect(keys).toEqual(
      keys.toSorted(
        (a, b) =>
          (String(a[0]) < String(b[0]) ? -1 : String(a[0]) > String(b[0]) ? 1 : 0) ||
          Number(a[1]) - Number(b[1]) ||
          Number(a[2]) - Number(b[2]),
      ),
    );
  });

  test('leaves out those for which the filter does not hold, whatever it asks of', () => {
    const { view } = tableOf(tablePage(0, 100));
    const count = (filter: string) => view({ filter }).rows.length;
    expect(count("params.optimizer = 'adam'")).toBe(34);
    expect(count("status = 'RUNNING'")).toBe(1);
    expect(count("run_name LIKE 'brave-%' AND tags.team IS NOT NULL")).toBe(7);
    expect(count(`run_id = '${runId(4)}'`)).toBe(1);
    expect(count(`start_time >= ${NOW - 5000}`)).toBe(1);
    expect(count("artifact_uri LIKE 'mlflow-artifacts:/1/%'")).toBe(100);
    expect(count("datasets.name = 'd'")).toBe(0);
  });
});

describe('groups', () => {
  test('have each run once, and say mean, least and greatest of it', () => {
    const { view, field } = tableOf(tablePage(0, 90));
    const { groups, lines } = view({ group: 'param:optimizer' }, ['sgd']);
    expect(groups.map(({ value, rows }) => [value, rows.length])).toEqual([
      ['adam', 30],
      ['sgd', 30],
      ['rmsprop', 30],
    ]);
    expect(lines.length).toBe(33);
    expect([...lines.slice(0, 3)]).toEqual([-1, -2, 1]);
    const rows = Uint32Array.of(0, 1, 2);
    const batch = field('param:batch_size');
    expect(['mean', 'min', 'max'].map((how) => aggregateOf(rows, batch, how as 'mean'))).toEqual([112 / 3, 16, 64]);
  });

  test('follow the order of what they are together', () => {
    const { view } = tableOf(tablePage(0, 90));
    const look = {
      group: 'param:batch_size',
      aggregate: 'max' as const,
      sorts: [{ field: 'param:batch_size', descending: true }],
    };
    expect(view(look).groups.map(({ value }) => value)).toEqual(['128', '64', '32', '16']);
    const byLr = { ...look, sorts: [{ field: 'param:lr', descending: false }], aggregate: 'mean' as const };
    expect(view(byLr).groups).toHaveLength(4);
  });

  test('of runs without a value come last, whatever the order', () => {
    const { view } = tableOf(tablePage(0, 90));
    for (const descending of [true, false]) {
      const groups = view({ group: 'tag:team', sorts: [{ field: 'metric:accuracy', descending }] }).groups;
      expect(groups.map(({ value }) => value)).toEqual(['data', undefined]);
    }
  });
});

describe('columns', () => {
  const { fields, runs } = tableOf(tablePage(0, 90));
  const constant = (field: Parameters<typeof isConstantIn>[1]) => isConstantIn(runs.rows(), field);
  const ids = (look: Partial<TableLook>) =>
    columnsOf(fields, { ...DEFAULT_LOOK, ...look }, constant).map(({ field }) => field.id);

  test('are the usual ones without those that have one value, the name first', () => {
    expect(ids({})).toEqual([
      NAME_FIELD,
      'run:state',
      'run:started',
      'run:duration',
      'metric:accuracy',
      'metric:val/loss',
      'param:batch_size',
      'param:lr',
      'param:optimizer',
      'tag:team',
    ]);
    expect(ids({ hideConstant: false })).toContain('param:seed');
    expect(ids({ sorts: [{ field: 'param:seed', descending: true }] })).toContain('param:seed');
  });

  test('stand pinned ones first, and move among their like', () => {
    const chosen = ['run:state', 'param:lr', 'metric:accuracy'];
    expect(ids({ columns: chosen, pinned: ['metric:accuracy'] })).toEqual([
      NAME_FIELD,
      'metric:accuracy',
      'run:state',
      'param:lr',
    ]);
    expect(moveColumn(chosen, 'metric:accuracy', 'run:state')).toEqual(['metric:accuracy', 'run:state', 'param:lr']);
    const columns = columnsOf(fields, { ...DEFAULT_LOOK, columns: chosen }, constant);
    expect(shiftColumn(chosen, columns, 'run:state', 1)).toEqual(['param:lr', 'run:state', 'metric:accuracy']);
    expect(shiftColumn(chosen, columns, 'run:state', -1)).toBeNull();
    expect(shiftColumn(chosen, columns, NAME_FIELD, 1)).toBeNull();
  });

  test('that no run has any more are not missed', () => {
    expect(ids({ columns: ['param:gone', 'run:state'] })).toEqual([NAME_FIELD, 'run:state']);
  });
});

describe('beside the baseline', () => {
  const { field } = tableOf(tablePage(0, 9));
  test('a number says by how much it differs, and which way is better', () => {
    expect(differenceOf(field('metric:val/loss'), 1, 0)?.change).toMatchObject({ more: true, better: false });
    expect(differenceOf(field('metric:accuracy'), 0, 1)?.change).toMatchObject({
      text: '0.0940',
      more: true,
      better: true,
    });
    expect(differenceOf(field('param:batch_size'), 1, 0)?.change).toEqual({
      text: '16',
      more: true,
      better: undefined,
    });
  });

  test('a text differs or not, and when a run started says nothing', () => {
    expect(differenceOf(field('param:optimizer'), 3, 0)).toEqual({ differs: false });
    expect(differenceOf(field('param:optimizer'), 1, 0)).toEqual({ differs: true });
    expect(differenceOf(field('run:started'), 1, 0)).toBeUndefined();
  });

  test('a cell shows what was written, and long numbers short', () => {
    expect(cellText(field('param:batch_size'), 0, NOW)).toBe('16');
    expect(cellText(field('param:lr'), 2, NOW)).toBe('0.03333');
    expect(cellText(field('run:started'), 2, NOW)).toBe('2 minutes ago');
  });
});

describe('as CSV', () => {
  test('a spreadsheet reads what is shown, and runs nothing of it', () => {
    const names = ['=cmd()', '-1.5', '@x', 'a "b", c', 'two\nlines', '\tx', '+1e5'];
    const { runs, view, field } = tableOf(tablePage(0, names.length, { names }));
    const lines = tableAsCsv(runs, view(), [field(NAME_FIELD), field('metric:accuracy')], 'mean').split('\r\n');
    expect(lines[0]).toBe('run_id,run:name,metric:accuracy');
    const cells = lines.slice(1, -1).map((line) => line.slice(33, line.lastIndexOf(',')));
    expect(cells).toEqual(["'=cmd()", '-1.5', "'@x", '"a ""b"", c"', '"two\nlines"', "'\tx", '+1e5']);
  });

  test('no text, whatever it is, begins a formula or breaks a line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const { runs, view, field } = tableOf(tablePage(0, 1, { names: [name] }));
        const text = tableAsCsv(runs, view(), [field(NAME_FIELD)], 'mean');
        const cell = text.slice(text.indexOf('\r\n') + 2 + 33, -2);
        const read = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
        expect([name, `'${name}`]).toContain(read);
        if (!/^[+-]?[\d.]/.test(read)) expect(read).not.toMatch(/^[=+\-@\t\r]/);
        if (!cell.startsWith('"')) expect(cell).not.toMatch(/[",\r\n]/);
      }),
    );
  });

  test('groups come with what they are together', () => {
    const { runs, view, field } = tableOf(tablePage(0, 6));
    const text = tableAsCsv(runs, view({ group: 'param:optimizer' }, ['sgd']), [field('param:batch_size')], 'max');
    expect(text.split('\r\n').slice(0, 4)).toEqual([
      'group,runs,run_id,param:batch_size',
      'adam,2,,128',
      'sgd,2,,32',
      `sgd,,${runId(1)},32`,
    ]);
  });
});
