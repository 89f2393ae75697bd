import { expect, it } from 'vitest';
import type { NamedFile } from '../../../../daemon/pipelines/written/names.ts';
import { namedPoints } from '../../../../daemon/pipelines/written/names.ts';

const file = (place: string, names: string[], more: Partial<NamedFile> = {}): NamedFile => ({
  place,
  inFolder: false,
  kind: 'series',
  points: names.map((name) => ({ name, value: 1, step: 4 })),
  ...more,
});
const namesOf = (...files: NamedFile[]) => namedPoints(files).map(({ point }) => point.name);

it.each([
  ['as its file says', [file('train', ['loss', 'acc'])], ['loss', 'acc']],
  [
    'with the file before it where several say the same',
    [file('logs/train', ['loss']), file('logs/eval', ['loss', 'auc'])],
    ['train/loss', 'eval/loss', 'auc'],
  ],
  ['but not twice', [file('a/train/loss', ['loss']), file('a/eval/loss', ['loss'])], ['train/loss', 'eval/loss']],
  ['with the folders below one that is named', [file('train/loss', ['loss'], { inFolder: true })], ['train/loss']],
  [
    'as MLflow takes it',
    [file('a', ['precision@10', '../up', 'a//b', '', `${'é'.repeat(300)}`])],
    ['precision_10', '__/up', 'a/b', 'value', 'é'.repeat(250)],
  ],
])('a metric is called %s', (_how, files, names) => {
  expect(namesOf(...files)).toEqual(names);
});

it('a number with the name of a series stands at its end', () => {
  const end = file('metrics', ['loss'], { kind: 'numbers', points: [{ name: 'loss', value: 1, step: 0 }] });
  expect(namedPoints([end, file('loss', ['loss'])]).map(({ point }) => point.step)).toEqual([4, 4]);
});
