import { beforeEach, expect, test } from 'vitest';
import type { Conversation } from '../../../extension/panels/conversation.ts';
import { runsPanel } from '../../../extension/panels/runs.ts';
import type { FromRunsPanel, ToRunsPanel } from '../../../schemas/panels/runs.ts';
import { Desk, settle } from './desk.ts';

let desk: Desk<ToRunsPanel>;
let talk: Conversation<FromRunsPanel>;

beforeEach(async () => {
  desk = new Desk<ToRunsPanel>();
  talk = runsPanel.converse({ run_id: 'a' }, desk, desk.ports, desk);
  for (const folder of ['', 'model', 'model/data', 'plots', 'forest#m-1', 'forest#m-1/data']) {
    desk.artifacts.set(folder, []);
    talk.receive({ type: 'runs/list-artifacts', folder });
  }
  await settle();
});

async function readAfter(paths: string[], model_ids: string[] = []): Promise<string[]> {
  desk.done.length = 0;
  desk.posted.length = 0;
  desk.publish('run:a', { type: 'run/artifacts', topic: 'run:a', run_id: 'a', paths, model_ids });
  await desk.clock.advance(250);
  await settle();
  expect(desk.posted.filter(({ type }) => type === 'runs/artifacts')).toHaveLength(
    desk.done.filter((line) => line.startsWith('list')).length,
  );
  return desk.done;
}

test('a file that is logged is there at once: where it lies is read anew, and nothing else', async () => {
  expect(await readAfter(['model/data/x.bin'])).toEqual(['list ', 'list model', 'list model/data']);
  expect(await readAfter(['plots-2/x.png'])).toEqual(['list ']);
  expect(await readAfter(['model'])).toEqual(['list ', 'list model', 'list model/data']);
});

test('so are files of a model that it logs, and a model that is new', async () => {
  expect(await readAfter([], ['m-1'])).toEqual(['list ', 'list forest#m-1', 'list forest#m-1/data']);
  expect(await readAfter([], ['m-2'])).toEqual(['list ']);
});

test('a burst is read once', async () => {
  desk.done.length = 0;
  for (let at = 0; at < 100; at++) {
    const paths = [`plots/${at}.png`];
    desk.publish('run:a', { type: 'run/artifacts', topic: 'run:a', run_id: 'a', paths, model_ids: [] });
    await desk.clock.advance(1);
  }
  await desk.clock.advance(250);
  await settle();
  expect(desk.done).toEqual(['list ', 'list plots']);
});

test('the file that is looked at is read anew when it is another one', async () => {
  talk.receive({ type: 'runs/preview-artifact', path: 'plots/a.txt', insist: false });
  await settle();
  await readAfter(['plots/b.txt']);
  expect(desk.types()).not.toContain('runs/preview');
  await readAfter(['plots/a.txt']);
  expect(desk.posted.at(-1)).toMatchObject({ type: 'runs/preview', path: 'plots/a.txt' });
});

test('all that is shown is read anew when something may have been missed', async () => {
  desk.done.length = 0;
  desk.publish('run:a', { type: 'run/snapshot', topic: 'run:a', run: null, series: [] });
  await desk.clock.advance(250);
  await settle();
  expect(desk.done.filter((line) => line.startsWith('list'))).toHaveLength(6);
});

test('nothing is read for a panel that is hidden: it asks when it is shown again', async () => {
  desk.standing = false;
  expect(await readAfter(['model/data/x.bin'])).toEqual([]);
  desk.standing = true;
  talk.tellAll();
  expect(await readAfter(['model/data/x.bin'])).toEqual([]);
});

test('nothing is read for a panel that is closed', async () => {
  desk.publish('run:a', { type: 'run/artifacts', topic: 'run:a', run_id: 'a', paths: ['x'], model_ids: [] });
  talk.dispose();
  expect(desk.clock.waiting).toBe(0);
});
