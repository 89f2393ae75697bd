import { expect, test } from 'vitest';
import { runsPanel } from '../../../extension/panels/runs.ts';
import type { FromRunsPanel, ToRunsPanel } from '../../../schemas/panels/runs.ts';
import { Desk, settle } from './desk.ts';

function open(desk: Desk<ToRunsPanel>) {
  return runsPanel.converse({ run_id: 'a' }, desk, desk.ports, desk);
}

async function answerTo(desk: Desk<ToRunsPanel>, message: FromRunsPanel): Promise<ToRunsPanel | undefined> {
  open(desk).receive(message);
  await settle();
  return desk.posted.at(-1);
}

test('a folder of artifacts is read when it is asked for; what cannot be read says why', async () => {
  const desk = new Desk<ToRunsPanel>();
  const entries = [{ path: 'model/MLmodel', bytes: 700 }];
  desk.artifacts.set('model', entries);
  const folder = 'model';
  expect(await answerTo(desk, { type: 'runs/list-artifacts', folder })).toEqual({
    type: 'runs/artifacts',
    folder,
    entries,
  });
  expect(await answerTo(desk, { type: 'runs/list-artifacts', folder: 'gone' })).toMatchObject({
    type: 'runs/artifacts-failed',
    folder: 'gone',
    problem: { error_code: 'RESOURCE_DOES_NOT_EXIST' },
  });
});

test('what ran is told with what it read and logged, or why not', async () => {
  const desk = new Desk<ToRunsPanel>();
  expect(await answerTo(desk, { type: 'runs/read-origin' })).toMatchObject({ type: 'runs/origin-failed' });
  const source = { user: 'ana', entry: null, git: null, programs: [], machine: null };
  desk.origin = source;
  expect(await answerTo(desk, { type: 'runs/read-origin' })).toMatchObject({ type: 'runs/origin', origin: { source } });
});

test('what is asked for outside of the panel is done there', () => {
  const desk = new Desk<ToRunsPanel>();
  const talk = open(desk);
  talk.receive({ type: 'runs/open-artifact', path: 'README.md', rendered: true });
  talk.receive({ type: 'runs/save-artifact', path: 'model/MLmodel' });
  talk.receive({ type: 'runs/show-changes' });
  talk.receive({ type: 'runs/reproduce' });
  talk.receive({ type: 'runs/open-log', step: 'train' });
  expect(desk.done).toEqual([
    'open README.md rendered',
    'save artifact model/MLmodel',
    'show changes of a',
    'show reproduce of a',
    'open log of train',
  ]);
});
