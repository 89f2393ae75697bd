import { appendFileSync, mkdirSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Disposable } from '../../../daemon/base/disposables.ts';
import { Emitter } from '../../../daemon/base/emitter.ts';
import { LocalHandle } from '../../../daemon/pipelines/executors/local/handle.ts';
import { placeOf } from '../../../daemon/pipelines/executors/local/places.ts';
import { StepLogs } from '../../../daemon/pipelines/logs/step-logs.ts';
import type { PipelineRun, StepLog, StepRun } from '../../../schemas/wire/pipelines.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';
import { waitFor } from '../../support/wait-for.ts';

/** A step whose attempts print what the test says. */
class Printing {
  readonly workspace = new TempWorkspace();
  readonly told: StepLog[] = [];
  readonly step: StepRun = {
    name: 'train',
    state: 'pending',
    cached: false,
    reason: '',
    started_at: null,
    seconds: null,
  };
  private readonly handles = new Map<string, LocalHandle>();
  private readonly changes = new Emitter<PipelineRun>();
  readonly logs = new StepLogs({
    isPipeline: () => true,
    executor: { adopt: async (id) => this.handles.get(id) },
    stepOf: () => ({ step: this.step }),
    changes: this.changes,
  });
  private following: Disposable | undefined;

  follow(): void {
    this.following = this.logs.follow('run', 'train', (log) => this.told.push(log));
  }

  begin(attempt: number): LocalHandle {
    const id = `run/train/${attempt}`;
    const place = placeOf(this.workspace.folder, id);
    mkdirSync(place.folder, { recursive: true });
    appendFileSync(place.log, '');
    const handle = new LocalHandle(id, place);
    handle.hasBegun();
    this.handles.set(id, handle);
    this.change({ state: 'running', attempt, child_run_id: id });
    return handle;
  }

  print(text: string): void {
    const handle = this.handles.get(this.step.child_run_id ?? '');
    appendFileSync(handle?.place.log ?? '', text);
  }

  change(change: Partial<StepRun>): void {
    Object.assign(this.step, change);
    this.changes.emit({ run_id: 'run' } as PipelineRun);
  }

  heard(what: string, look: (log: StepLog) => boolean): Promise<true> {
    return waitFor(() => this.told.some(look), { what });
  }

  dispose(): void {
    void this.following?.dispose();
    this.workspace.dispose();
  }
}

let printing: Printing;
beforeEach(() => {
  printing = new Printing();
});
afterEach(() => printing.dispose());

it('tells what is printed as it comes, from before its beginning to its end', async () => {
  printing.follow();
  const handle = printing.begin(1);
  await printing.heard('that it begins', ({ attempt }) => attempt === 1);
  printing.print('one\n');
  await printing.heard('one', ({ text }) => text === 'one\n');
  printing.print('two ñ\n');
  await printing.heard('two', ({ text }) => text === 'two ñ\n');
  handle.settle({ code: 0, how: 'exited' });
  printing.change({ state: 'succeeded' });
  await printing.heard('the end', ({ ended }) => ended);
  expect(printing.told.at(-1)).toMatchObject({ attempt: 1, next_offset: 11, bytes: 11, ended: true });
});

it('of what was there before tells only where it ends', async () => {
  printing.begin(1);
  printing.print('before\n');
  expect(await printing.logs.end('run', 'train')).toMatchObject({ text: '', offset: 7, bytes: 7 });
  printing.follow();
  await printing.heard('the size', ({ bytes }) => bytes === 7);
  printing.print('after\n');
  await printing.heard('after', ({ offset, text }) => offset === 7 && text === 'after\n');
  expect(printing.told.map(({ text }) => text).join('')).toBe('after\n');
});

it('of more than anybody follows tells that it is there', async () => {
  printing.follow();
  printing.begin(1);
  await printing.heard('that it begins', ({ attempt }) => attempt === 1);
  const much = 'x'.repeat(20_000_000);
  printing.print(much);
  await printing.heard('its size', ({ bytes, next_offset }) => bytes === much.length && next_offset === bytes);
  expect(printing.told.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThanOrEqual(64 * 1024);
});

it('an attempt that failed is no end while another may follow, which is told from its beginning', async () => {
  printing.follow();
  printing.begin(1).settle({ code: 1, how: 'exited' });
  await printing.heard('the first', ({ attempt }) => attempt === 1);
  expect(await printing.logs.read('run', 'train', {})).toMatchObject({ attempt: 1, ended: false });
  printing.begin(2);
  printing.print('again\n');
  await printing.heard('the second', ({ attempt, text }) => attempt === 2 && text === 'again\n');
  expect(await printing.logs.read('run', 'train', { offset: 500, attempt: 1 })).toMatchObject({
    attempt: 2,
    offset: 0,
    text: 'again\n',
  });
});

it('a step that printed nothing and never will has ended', async () => {
  printing.change({ state: 'skipped' });
  expect(await printing.logs.read('run', 'train', {})).toMatchObject({ text: '', bytes: 0, ended: true });
  const search = { words: 'x', direction: 'forward' } as const;
  expect(await printing.logs.search('run', 'train', search)).toEqual({ attempt: 0, bytes: 0, line: null, next: null });
  printing.follow();
  await printing.heard('the end', ({ ended }) => ended);
});

it('of attempts the newest is searched, all of it for whoever asks about one before', async () => {
  printing.begin(1);
  printing.print('first words\n');
  printing.begin(2);
  printing.print('again\nother words\n');
  const search = { words: 'WORDS', direction: 'forward', from: 12 } as const;
  const all = { attempt: 2, bytes: 18, next: null };
  expect(await printing.logs.search('run', 'train', { ...search, attempt: 1 })).toEqual({ ...all, line: 6 });
  expect(await printing.logs.search('run', 'train', { ...search, attempt: 2 })).toEqual({ ...all, line: null });
  printing.print('and more words');
  expect(await printing.logs.search('run', 'train', { ...search, attempt: 2 })).toMatchObject({ bytes: 32, line: 18 });
});
