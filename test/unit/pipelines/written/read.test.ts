import { describe, expect, it } from 'vitest';
import { readMetrics, readPlots } from '../../../../daemon/pipelines/written/read.ts';

const numbers = (path: string, text: string) =>
  Object.fromEntries(readMetrics(path, text).points.map(({ name, value }) => [name, value]));
const wrongIn = (path: string, text: string) => readMetrics(path, text).wrong;

describe('a file of metrics', () => {
  it('gives its numbers, nested ones by dotted names; words and lists are none', () => {
    const json = '{"f1": 0.5, "test": {"auc": 1, "curve": [1, 2]}, "model": "svm", "ok": true, "none": null}';
    expect(numbers('m.json', json)).toEqual({ f1: 0.5, 'test.auc': 1, ok: 1 });
    expect(numbers('m.yaml', 'f1: 0.5\ntest:\n  auc: 1\n  model: svm\n')).toEqual({ f1: 0.5, 'test.auc': 1 });
  });

  it('may hold what Python writes for numbers that JSON has no word for', () => {
    expect(numbers('m.json', '{"a": NaN, "b": -Infinity, "c": "NaN is a word", "d": "0.25"}')).toEqual({
      a: Number.NaN,
      b: -Infinity,
      d: 0.25,
    });
    expect(numbers('m.yml', 'a: .nan\nb: .inf\nc: 1e-3\n')).toEqual({ a: Number.NaN, b: Infinity, c: 0.001 });
  });

  it('with one number alone has the name of its file', () => {
    expect(numbers('out/auc.txt', '0.75\n')).toEqual({ auc: 0.75 });
  });

  it('says in `step` how far it came', () => {
    expect(readMetrics('m.json', '{"loss": 0.5, "step": 9}').points).toEqual([{ name: 'loss', value: 0.5, step: 9 }]);
  });

  it.each([
    ['m.json', '{\n "a": 1,\n "b": ]\n}', 3],
    ['m.yaml', 'a: 1\nb: [1, 2\nc: 3\n', 2],
    ['m.json', '{"a": "high"}', undefined],
    ['m.json', '', undefined],
    ['m.toml', 'a = 1', undefined],
    ['m.csv', '', 1],
    ['m.csv', '1,2\n3,4\n', 1],
    ['m.csv', 'a,b\n1,2\n3\n', 3],
    ['m.csv', 'a\n1\nfast\n', 3],
  ])('that makes no sense is told with its line: %s %j', (path, text, line) => {
    const [first, ...others] = wrongIn(path, text);
    expect([first?.line, others]).toEqual([line, []]);
    expect(first?.message).toMatch(/^\S.*\S$/);
  });
});

describe('a table', () => {
  const series = (path: string, text: string) =>
    readMetrics(path, text).points.map(({ name, step, value }) => [name, step, value]);

  it('is a series for each column of numbers, by the column that counts', () => {
    expect(series('m.csv', 'epoch,loss,phase\n1,0.5,warm\n3,0.25,run\n')).toEqual([
      ['loss', 1, 0.5],
      ['loss', 3, 0.25],
    ]);
    expect(series('m.tsv', 'timestamp\tstep\tacc\n1700000000000\t7\t0.5\n')).toEqual([['acc', 7, 0.5]]);
  });

  it('without one that counts goes by its rows', () => {
    expect(series('m.csv', 'loss\n0.5\n0.25\n')).toEqual([
      ['loss', 0, 0.5],
      ['loss', 1, 0.25],
    ]);
    expect(series('m.csv', 'epoch,loss\n0.5,1\n')).toEqual([
      ['epoch', 0, 0.5],
      ['loss', 0, 1],
    ]);
  });

  it('may have gaps, quotes, empty lines, a byte order mark and any line ends', () => {
    expect(series('m.csv', '\ufeff"step","a ""b"",c"\r\n1,2\r\n\r\n2,\r\n3,"4"')).toEqual([
      ['a "b",c', 1, 2],
      ['a "b",c', 3, 4],
    ]);
  });
});

describe('a file of plots', () => {
  const kindOf = (path: string, text: string) => readPlots(path, text).kind;

  it('is a series where a column counts', () => {
    expect(readPlots('p.csv', 'step,loss\n0,0.5\n').points).toEqual([{ name: 'loss', step: 0, value: 0.5 }]);
    expect(readPlots('p.json', '{"train": [{"epoch": 1, "loss": 2}, {"epoch": 2, "acc": 3}]}').points).toEqual([
      { name: 'loss', step: 1, value: 2 },
      { name: 'acc', step: 2, value: 3 },
    ]);
  });

  it.each([
    ['roc.csv', 'fpr,tpr\n0,0\n1,1\n'],
    ['cm.json', '[{"actual": "a", "predicted": "b"}]'],
    ['vega.json', '{"$schema": "https://vega.github.io/schema/vega-lite/v5.json", "data": {"values": []}}'],
    ['broken.json', '{"a": '],
  ])('is else something to look at: %s', (path, text) => {
    expect(kindOf(path, text)).toBe('other');
  });
});
