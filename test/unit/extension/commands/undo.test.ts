import { expect, test } from 'vitest';
import { rivalry } from '../../../../extension/commands/rivalry.ts';
import { stepsBack, undoneSentence } from '../../../../extension/commands/undo.ts';
import { model, version } from '../views/some.ts';

test('what had to make room goes back first, then the promoted version', () => {
  const before = model([version(4, 'staging'), version(3, 'production'), version(1, 'archived')]);
  const after = model([version(4, 'production'), version(3, 'archived'), version(1, 'archived')]);
  expect(stepsBack(before, after, 4)).toEqual([
    { version: 3, to: 'production' },
    { version: 4, to: 'staging' },
  ]);
});

test('nothing is left to do once all is as it was, and versions that came since are left alone', () => {
  const before = model([version(4, 'staging')]);
  expect(stepsBack(before, model([version(5, 'production'), version(4, 'staging')]), 4)).toEqual([]);
});

test('says where the version is back, and who is back with it', () => {
  const before = model([version(4, 'staging'), version(3, 'production')]);
  const after = model([version(4, 'production'), version(3, 'archived')]);
  expect(undoneSentence(before, after, version(4, 'staging'))).toBe(
    'match-outcome v4 is back in staging, and v3 in production.',
  );
  const alone = model([version(4, 'staging')]);
  expect(undoneSentence(alone, model([version(4, 'production')]), version(4, 'staging'))).toBe(
    'match-outcome v4 is back in staging.',
  );
});

test('a challenger stands beside the champion in the metrics that both have, those that matter first', () => {
  const champion = version(3, 'production', { metrics: { loss: 0.5, log_loss: 0.6, f1_macro: 0.604, accuracy: 0.62 } });
  const challenger = version(4, 'staging', {
    metrics: { accuracy: 0.62, f1_macro: 0.612, log_loss: 0.7, loss: 'NaN' },
  });
  expect(rivalry(champion, challenger)).toEqual([
    { label: '$(graph) f1_macro', description: 'v4 0.612 ▲ 0.008 better · v3 0.604' },
    { label: '$(graph) accuracy', description: 'v4 0.620 = · v3 0.620' },
    { label: '$(graph) log_loss', description: 'v4 0.700 ▲ 0.100 worse · v3 0.600' },
  ]);
});
