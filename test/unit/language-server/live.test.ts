import { describe, expect, it } from 'vitest';
import { Live } from '../../../language-server/live/live.ts';
import { SOME_LIVE } from './some-live.ts';

it.each([
  ['file:///c%3A/my%20project', 'file:///c:/my project/parts/a.crisol.yaml', true],
  ['file:///project/', 'file:///project/crisol.yaml', true],
  ['file:///', 'file:///crisol.yaml', true],
  ['file:///project', 'file:///project-2/crisol.yaml', false],
  [null, 'file:///project/crisol.yaml', false],
])('what runs in %s is known of %s: %s', (folder, uri, isKnown) => {
  const live = new Live();
  live.hear({ ...SOME_LIVE, folder });
  expect(live.of(uri) !== null).toBe(isKnown);
});

describe('the registry', () => {
  const folder = 'file:///c%3A/my%20project';
  const values = { ...SOME_LIVE, folder };

  it('is that of the folder that is run, not of one further in', () => {
    const live = new Live();
    live.hear(values);
    const registry = live.registryOf('file:///c:/my project');
    expect(registry?.models).toEqual([{ name: 'match-outcome', newest: 4, aliases: ['champion'] }]);
    expect(['split', 'train', 'none'].map((step) => registry?.hasSucceeded(step))).toEqual([true, false, false]);
    expect(live.registryOf(`${folder}/further`)).toBeNull();
  });

  it('is not known before the daemon has said what it holds', () => {
    const live = new Live();
    live.hear({ ...values, models: [], knowsModels: false });
    expect(live.registryOf(folder)).toBeNull();
  });

  it('is news only when it holds something else, or is that of another folder', () => {
    const live = new Live();
    expect(live.hear(values)).toBe(true);
    expect(live.hear({ ...values, runs: [], best: [] })).toBe(false);
    expect(live.hear({ ...values, models: [] })).toBe(true);
    expect(live.hear({ ...values, models: [], folder: 'file:///other' })).toBe(true);
    expect(live.hear({ ...values, models: [], folder: 'file:///other', knowsModels: false })).toBe(true);
  });

  it('is news when other steps have succeeded only where somebody asked for them', () => {
    const live = new Live();
    live.hear(values);
    expect(live.hear({ ...values, steps: [] })).toBe(false);
    expect(live.registryOf(folder)?.hasSucceeded('split')).toBe(false);
    expect(live.hear(values)).toBe(true);
    expect(live.hear({ ...values, steps: [] })).toBe(false);
    expect(live.hear({ ...values, steps: [] })).toBe(false);
  });
});
