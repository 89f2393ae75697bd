import { expect, test } from 'vitest';
import { shownTags } from '../../../webviews/runs/tags.tsx';

const tags = [
  { key: 'team', value: 'data' },
  { key: 'crisol.givenParams', value: '["lr"]' },
  { key: 'crisol.alsoLogsTo', value: '7b2f' },
  { key: 'mlflow.user', value: 'ana' },
  { key: 'mlflow.source.git.branch', value: 'main' },
  { key: 'crisol.pipeline', value: 'wine' },
];

test('the tags of a run are those that people set and know, not what the daemon and MLflow note for themselves', () => {
  const names = (besides: string[]) => shownTags({ tags, besides }).map(({ name }) => name);
  expect(names([])).toEqual(['Pipeline', 'Branch', 'team']);
  expect(names(['mlflow.source.git.branch'])).toEqual(['Pipeline', 'team']);
});
