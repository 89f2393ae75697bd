import { expect, test } from 'vitest';
import { filesOf, splitName, stageOf, stateOf } from '../../../daemon/import/reading/words.ts';

const RUN = '2c509314ce4b4458b66c184af1ea298b';

test.for([
  [`file:///old/place/mlruns/7/${RUN}/artifacts/model`, { of: 'run', run_id: RUN, path: 'model' }],
  [`/old/place/mlruns/7/${RUN}/artifacts/`, { of: 'run', run_id: RUN, path: '' }],
  [`mlflow-artifacts:/7/${RUN}/artifacts/deep/model`, { of: 'run', run_id: RUN, path: 'deep/model' }],
  [`runs:/${RUN}/model`, { of: 'run', run_id: RUN, path: 'model' }],
  ['models:/m-abc123', { of: 'logged-model', model_id: 'm-abc123', path: '' }],
  ['/old/mlruns/7/models/m-abc123/artifacts/data', { of: 'logged-model', model_id: 'm-abc123', path: 'data' }],
  ['s3://bucket/models/final', { of: 'uri', uri: 's3://bucket/models/final' }],
  ['models:/other/3', { of: 'uri', uri: 'models:/other/3' }],
] as const)('files of a version at %s are found again', ([source, files]) => {
  expect(filesOf({ source, location: '', run_id: RUN })).toEqual(files);
});

test('files of another run are not taken for those of this one', () => {
  const uri = '/mlruns/7/ffffffffffffffffffffffffffffffff/artifacts/model';
  expect(filesOf({ source: uri, location: '', run_id: RUN })).toEqual({ of: 'uri', uri });
});

test('states and stages are known by their names and numbers', () => {
  expect(['3', 'FINISHED', 'KILLED', '1', 'SCHEDULED', '?'].map(stateOf)).toEqual([
    'succeeded',
    'succeeded',
    'cancelled',
    'running',
    'pending',
    'failed',
  ]);
  expect(['None', 'Staging', 'Production', 'Archived', ''].map(stageOf)).toEqual([
    'development',
    'staging',
    'production',
    'archived',
    'development',
  ]);
});

test('old stores have a run’s name among its tags only', () => {
  const tags = [{ key: 'mlflow.runName', value: 'tagged' }];
  expect(splitName('', tags)).toEqual({ name: 'tagged', tags: [] });
  expect(splitName('own', tags)).toEqual({ name: 'own', tags: [] });
  expect(splitName('', []).name).not.toBe('');
});

test('a stage that nobody knows is none, whatever it is called', () => {
  expect(['Staging', 'constructor', '__proto__', ''].map(stageOf)).toEqual([
    'staging',
    'development',
    'development',
    'development',
  ]);
});
