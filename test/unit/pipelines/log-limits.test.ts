import { existsSync, mkdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { LocalHandle } from '../../../daemon/pipelines/executors/local/handle.ts';
import { note, readJournal } from '../../../daemon/pipelines/executors/local/journal.ts';
import { limitLogs } from '../../../daemon/pipelines/executors/local/log-limits.ts';
import { placeOf } from '../../../daemon/pipelines/executors/local/places.ts';
import { pageOf } from '../../../daemon/pipelines/logs/page.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';

let workspace: TempWorkspace;
beforeEach(() => {
  workspace = new TempWorkspace();
});
afterEach(() => workspace.dispose());

const place = (id: string) => placeOf(workspace.folder, id);

/** A step that printed so many lines of ten bytes, so many seconds ago. */
function printed(id: string, lines: number, ago: number, { runs = false } = {}): void {
  const { folder, log, journal } = place(id);
  mkdirSync(folder, { recursive: true });
  writeFileSync(log, Array.from({ length: lines }, (_, at) => `line ${String(at).padStart(4, '0')}\n`).join(''));
  note(journal, { instance: 'a'.repeat(32) });
  if (!runs) note(journal, { exit: { code: 0, how: 'exited' } });
  const at = Date.now() / 1000 - ago;
  utimesSync(log, at, at);
}

const sizes = (...ids: string[]) => ids.map((id) => statSync(place(id).log, { throwIfNoEntry: false })?.size ?? null);
const read = (id: string, where: object) =>
  pageOf(new LocalHandle(id, place(id), { missing: readJournal(place(id).journal)?.logFrom }), where);

it('keeps the end of each and the newest of all, and touches none that runs', async () => {
  printed('old', 100, 400);
  printed('running', 1000, 300, { runs: true });
  printed('large', 1000, 200);
  printed('new', 50, 100);
  const limits = { perStep: 3000, total: 7_000 };
  const given = { files: 2, bytes: 7000 + 500 };
  expect(await limitLogs(workspace.folder, { ...limits, dryRun: true })).toEqual(given);
  expect(sizes('old', 'running', 'large', 'new')).toEqual([1000, 10_000, 10_000, 500]);
  // what runs counts with what it may keep
  expect(await limitLogs(workspace.folder, limits)).toEqual(given);
  expect(await limitLogs(workspace.folder, limits)).toEqual({ files: 0, bytes: 0 });
});

it('leaves places in what is left as they are', async () => {
  printed('large', 1000, 200);
  await limitLogs(workspace.folder, { perStep: 3000, total: 1e9 });
  expect(await read('large', { offset: 9990 })).toMatchObject({
    text: 'line 0999\n',
    next_offset: 10_000,
    bytes: 10_000,
  });
  expect(await read('large', { offset: 0 })).toMatchObject({ offset: 7000, next_offset: 10_000 });
  expect(await read('large', { offset: -10 })).toMatchObject({ text: 'line 0999\n' });
  expect(await read('large', { before: 7020 })).toMatchObject({ text: 'line 0701\n', next_offset: 7020 });
  expect(await read('large', { before: 7000 })).toMatchObject({ text: '', bytes: 10_000 });
  await limitLogs(workspace.folder, { perStep: 1000, total: 1e9 });
  expect(await read('large', { offset: 0 })).toMatchObject({ offset: 9000, next_offset: 10_000 });
});

it('gives up what there is no room for at all, the oldest first', async () => {
  for (const [at, id] of ['a', 'b', 'c'].entries()) printed(id, 100, 100 * (at + 1));
  await limitLogs(workspace.folder, { perStep: 1000, total: 1500 });
  expect(sizes('a', 'b', 'c')).toEqual([1000, 500, null]);
  expect(existsSync(place('c').journal)).toBe(true);
  expect(await read('c', { offset: 0 })).toMatchObject({ text: '', bytes: 1000, next_offset: 1000 });
  expect(await read('b', { offset: 0 })).toMatchObject({ offset: 500 });
});

it('has nothing to do where nothing ever ran', async () => {
  expect(await limitLogs(workspace.path('nowhere'), { perStep: 1, total: 1 })).toEqual({ files: 0, bytes: 0 });
});
