import { expect, test } from 'vitest';
import type { TracedRun } from '../../../../extension/panels/compare/aspect-text.ts';
import { aspectText } from '../../../../extension/panels/compare/aspect-text.ts';
import { whatChanged } from '../../../../webviews/compare/model/changes.ts';
import { itemsOf } from '../../../../webviews/compare/model/items.ts';
import { origins, source, three } from '../../../contract/webviews/compare-states.ts';

const [base, other] = itemsOf(three, three[0]?.run_id ?? null, 'vscode-dark');
const [from, to] = origins;
if (!base || !other || !from || !to) throw new Error('the recordings are gone');

test('only what differs is named, the nearest cause first and its results last', () => {
  const groups = whatChanged(base, other, from, to);
  expect(groups.map(({ aspect }) => aspect)).toEqual(['code', 'data', 'params', 'environment', 'metrics']);
  const named = Object.fromEntries(groups.map(({ aspect, changes }) => [aspect, changes.map(({ what }) => what)]));
  expect(named.code).toEqual(['commit', 'branch', 'uncommitted changes']);
  expect(named.data).toEqual(['matches (training)']);
  expect(named.params).toEqual(['train.learning_rate', 'train.seed', 'train.l2']);
  expect(named.environment).toEqual(['scikit-learn', 'numpy']);
  expect(named.metrics).toContain('accuracy');
  expect(groups[0]?.changes[2]).toEqual({
    what: 'uncommitted changes',
    from: undefined,
    to: expect.stringMatching(/^1 file, \+1 −1/),
  });
});

test('a dataset that only one run read is named once, without where it came from', () => {
  const none = { ...to, inputs: { datasets: [], model_ids: [] } };
  const data = whatChanged(base, other, from, none).find(({ aspect }) => aspect === 'data');
  expect(data?.changes).toEqual([{ what: 'matches (training)', from: 'a1b2c3d4', to: undefined }]);
});

test('a run differs in nothing from itself, and what nobody knows is said to be unknown', () => {
  expect(whatChanged(base, base, from, from).flatMap(({ changes }) => changes)).toEqual([]);
  const blank = { run_id: 'x', source: source({ git: null, programs: [] }), inputs: { datasets: [], model_ids: [] } };
  const unknown = whatChanged(base, other, blank, blank).filter((group) => group.unknown);
  expect(unknown.map(({ aspect }) => aspect)).toEqual(['code', 'data', 'environment']);
});

test('the texts that are laid side by side are in one order, whatever order they were logged in', () => {
  const traced = (turn: boolean): TracedRun => ({
    run: { ...base.run, params: turn ? [...base.run.params].reverse() : base.run.params },
    source: from.source,
    inputs: from.inputs,
  });
  expect(aspectText('params', traced(true))).toBe(aspectText('params', traced(false)));
  expect(aspectText('environment', traced(false))).toContain('\nmlflow==3.17.2\nscikit-learn==1.9.0\n');
  expect(aspectText('data', traced(false))).toContain(
    '  digest: a1b2c3d4\n  source: local {\n    "uri": "data/matches.csv"\n  }\n',
  );
  const changed = aspectText('code', { ...traced(false), source: to.source });
  expect(changed).toContain('branch: l2\nworking tree: changed since that commit\n\ndiff --git');
  expect(aspectText('code', { ...traced(false), source: source({ git: null }) })).toContain('no git repository');
});
