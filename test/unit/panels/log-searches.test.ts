import { describe, expect, test } from 'vitest';
import { runsPanel } from '../../../extension/panels/runs.ts';
import type { ToRunsPanel, WantedWords } from '../../../schemas/panels/runs.ts';
import type { LogFinding } from '../../../schemas/wire/pipelines.ts';
import { Desk, settle } from './desk.ts';

/** The panel holds the bytes from 600 to 800 of 1000. */
const wanted: WantedWords = { id: 7, words: 'loss', direction: 'forward', from: 600, to: 800, attempt: 2 };

function sit(...findings: Partial<LogFinding>[]) {
  const desk = new Desk<ToRunsPanel>();
  desk.findings.push(...findings.map((one) => ({ attempt: 2, bytes: 1000, line: null, next: null, ...one })));
  const talk = runsPanel.converse({ run_id: 'r' }, desk, desk.ports, desk);
  const begin = (change: Partial<WantedWords> = {}) =>
    talk.receive({ type: 'runs/search-log', step: 'train', wanted: { ...wanted, ...change } });
  const asked = () =>
    desk.done.flatMap((line) => (line.startsWith('search train for ') ? [JSON.parse(line.slice(17))] : []));
  const told = () => desk.posted.filter(({ type }) => type.startsWith('runs/log'));
  return { desk, talk, begin, asked, told };
}

const search = (state: string, share = 1, id = 7) => ({
  type: 'runs/log-search',
  step: 'train',
  search: { id, state, share },
});

describe('words in all of an output', () => {
  test('are looked for behind what the panel holds, then before it, and shown with what stands around', async () => {
    const { begin, asked, told } = sit({ next: 900 }, {}, { next: 300 }, { line: 500 });
    begin();
    await settle();
    const part = { words: 'loss', direction: 'forward', attempt: 2 };
    expect(asked()).toEqual([
      { ...part, from: 800 },
      { ...part, from: 900 },
      { ...part, to: 600 },
      { ...part, to: 600, from: 300 },
    ]);
    expect(told()).toEqual([
      search('searching', expect.closeTo(0.125)),
      search('searching', expect.closeTo(0.25)),
      search('searching', expect.closeTo(0.625)),
      expect.objectContaining({ type: 'runs/log-moved', to: 'found', log: expect.objectContaining({ offset: 500 }) }),
      search('found'),
    ]);
  });

  test('are looked for backward likewise, and are nowhere only when all was looked through', async () => {
    const { begin, asked, told } = sit({ next: 100 }, {}, { next: 900 }, {});
    begin({ direction: 'backward' });
    await settle();
    expect(asked().map(({ from, to }) => [from, to])).toEqual([
      [undefined, 600],
      [undefined, 100],
      [800, undefined],
      [800, 900],
    ]);
    expect(told().at(-1)).toEqual(search('not-found'));
  });

  test('are no longer looked for once nobody waits', async () => {
    for (const end of [{ type: 'runs/stop-search' } as const, null]) {
      const { begin, asked, told, talk } = sit({ next: 900 }, { line: 5 });
      begin();
      if (end) talk.receive(end);
      else talk.tellAll();
      await settle();
      expect(asked()).toHaveLength(1);
      expect(told()).toEqual([]);
    }
  });

  test('are no longer looked for once others are', async () => {
    const { begin, asked, told } = sit({ next: 900 }, { line: 850 }, { line: 5 });
    begin();
    begin({ id: 8, words: 'f1' });
    await settle();
    expect(asked().map(({ words }) => words)).toEqual(['loss', 'f1']);
    expect(told().at(-1)).toEqual(search('found', 1, 8));
    expect(told()).not.toContainEqual(search('searching', expect.anything()));
  });

  test('are looked for in all of another attempt', async () => {
    const { begin, asked, told } = sit({ attempt: 3, bytes: 50, next: 20 }, { attempt: 3, bytes: 50 });
    begin();
    await settle();
    expect(asked().slice(1)).toEqual([{ words: 'loss', direction: 'forward', attempt: 3, from: 20 }]);
    expect(told().at(-1)).toEqual(search('not-found'));
  });

  test('that cannot be looked for are given up, and it is said why', async () => {
    const { begin, desk, told } = sit();
    begin();
    await settle();
    expect(told()).toEqual([search('given-up')]);
    expect(desk.types()).toContain('problem');
  });

  test('are told apart from a way to an end', async () => {
    const { talk, told } = sit();
    talk.receive({ type: 'runs/read-log', step: 'train', place: { offset: 0, attempt: 2 }, to: 'start' });
    await settle();
    expect(told()).toEqual([
      { type: 'runs/log-moved', step: 'train', to: 'start', log: expect.objectContaining({ offset: 0 }) },
    ]);
  });
});
