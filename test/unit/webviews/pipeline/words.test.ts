import { expect, test } from 'vitest';
import type { StepRun } from '../../../../schemas/wire/pipelines.ts';
import { pictureOf } from '../../../../webviews/pipeline/model/picture.ts';
import { newsOf } from '../../../../webviews/pipeline/model/spoken.ts';
import { stepWords } from '../../../../webviews/pipeline/model/words.ts';
import { running } from '../../../contract/webviews/pipeline-states.ts';

function wordsOf(over: Partial<StepRun>, now: number) {
  const run = {
    ...running,
    steps: [
      { name: 'train', cached: false, reason: '', started_at: 0, seconds: null, state: 'running' as const, ...over },
    ],
  };
  const picture = pictureOf({ plan: { name: null, problem: null, steps: [] }, runs: [run] }, null);
  const step = picture.byStep.get('train');
  if (!step) throw new Error('the picture has no such step');
  return stepWords(step, picture, now);
}

test('what is said of a step stays while time passes and work goes on, what is read does not', () => {
  const at = (fraction: number, now: number) =>
    wordsOf({ progress: { fraction, text: `${fraction * 100}/100 trees` } }, now);
  expect(at(0.41, 3000).note).toBe('Running · 3.0 s · 41/100 trees');
  expect(at(0.41, 3000).spoken).toBe('Running, 40 %');
  expect(at(0.48, 9000).spoken).toBe('Running, 40 %');
  const looking = wordsOf(
    { state: 'pending', waits_for: 'its files, which are looked at (7 files, 2 % of 31.0 GB)' },
    0,
  );
  expect(looking.note).toBe('Its files, which are looked at (7 files, 2 % of 31.0 GB)');
  expect(looking.spoken).toBe('Its files, which are looked at');
  expect(wordsOf({ state: 'succeeded', seconds: 12 }, 0).spoken).toBe('Succeeded, 0:12');
});

test('a run is news when it begins, when something fails for the first time, and when it ends', () => {
  const failed = running.steps.map((step) => ({ ...step, state: 'failed' as const }));
  const fine = running.steps.map((step) => ({ ...step, state: 'succeeded' as const }));
  const occasions = [
    { ...running, steps: running.steps.filter(({ state }) => state !== 'failed') },
    { ...running, steps: fine },
    running,
    { ...running, steps: failed },
    { ...running, state: 'failed' as const, steps: failed },
  ].map((run) => newsOf(run).occasion);
  expect(occasions.map((one) => occasions.indexOf(one))).toEqual([0, 0, 2, 2, 4]);
  expect(newsOf(running).text).toBe('Running, 4 of 9 steps done, train (1, boosted) failed');
});
