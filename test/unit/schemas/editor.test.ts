import { expect, test } from 'vitest';
import { pathOfPlace, placeOfFragment, placeOfPath } from '../../../schemas/places.ts';

test.each([
  ['#/experiments/0', { experimentId: '0', runId: undefined }],
  ['#/experiments/12/runs/0a1b', { experimentId: '12', runId: '0a1b' }],
  ['#/experiments/12/runs/0a1b/model-metrics', { experimentId: '12', runId: '0a1b' }],
  ['#/experiments/12?tab=runs', { experimentId: '12', runId: undefined }],
  ['#/experiments/12/runs/0a1b!', { experimentId: '12', runId: undefined }],
  ['#/experiments/12x', undefined],
  ['#/models/m/versions/1', undefined],
  ['', undefined],
])('a link of MLflow’s client means its experiment and run: %s', (fragment, place) => {
  expect(placeOfFragment(fragment)).toEqual(place);
});

test('an address of the editor means the same place', () => {
  for (const place of [
    { experimentId: '3', runId: 'ab' },
    { experimentId: '3', runId: undefined },
  ]) {
    expect(placeOfPath(pathOfPlace(place))).toEqual(place);
  }
  for (const path of ['/run/3', '/run/x/ab', '/experiment/3/ab', '/run/3/../4', '', '/run/3/a b']) {
    expect(placeOfPath(path)).toBeUndefined();
  }
});
