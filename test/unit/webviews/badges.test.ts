import { expect, test } from 'vitest';
import type { RunOrigin } from '../../../schemas/panels/run-details.ts';
import { badgesOf } from '../../../webviews/runs/badges.tsx';

const git = { commit: '4f2d9a7c11e0', branch: 'main', dirty: false, diff: '', diff_complete: true, untracked: [] };
const origin: RunOrigin = {
  source: { user: 'ana', entry: null, git, programs: [], machine: null },
  inputs: { datasets: [], model_ids: [] },
  models: [],
};
const of = (change: Partial<typeof git> | { branch: null }) =>
  badgesOf({ ...origin, source: { ...origin.source, git: { ...git, ...change } } }).map(({ text }) => text);

test('the badge of the code says branch and commit, and whether that was all', () => {
  expect(of({})).toEqual(['main@4f2d9a7c']);
  expect(of({ dirty: true })).toEqual(['main@4f2d9a7c • changed']);
  expect(of({ branch: null })).toEqual(['4f2d9a7c']);
  expect(badgesOf({ ...origin, source: { ...origin.source, git: null } })).toEqual([]);
});
