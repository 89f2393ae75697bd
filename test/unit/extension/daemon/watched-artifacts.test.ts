import { expect, test } from 'vitest';
import { WatchedArtifacts } from '../../../../extension/daemon/watched-artifacts.ts';
import { Desk } from '../../panels/desk.ts';

function watch(path: string) {
  const desk = new Desk();
  const told: string[] = [];
  const files = new WatchedArtifacts(desk.ports.link, (file) => told.push(file.path));
  const file = { run_id: 'a', path };
  const watching = files.watch(file);
  const log = (paths: string[], model_ids: string[] = []) =>
    desk.publish('run:a', { type: 'run/artifacts', topic: 'run:a', run_id: 'a', paths, model_ids });
  return { desk, told, watching, log, times: () => files.timesChanged(file) };
}

test('a file that is logged again is told of, each time; its neighbours are not', () => {
  const { told, log, times } = watch('plots/loss.svg');
  log(['plots/loss.svg']);
  log(['plots/loss.svg.txt', 'plots/other.svg', 'loss.svg']);
  log(['plots']);
  expect([told, times()]).toEqual([['plots/loss.svg', 'plots/loss.svg'], 2]);
});

test('so is a file of a model that the run logged', () => {
  const { told, log } = watch('forest#m-1/MLmodel');
  log(['forest#m-1/MLmodel'], ['m-2']);
  expect(told).toEqual([]);
  log([], ['m-1']);
  expect(told).toEqual(['forest#m-1/MLmodel']);
});

test('after a break it is looked at again, but counts as the same unless its date says otherwise', () => {
  const { desk, told, times } = watch('loss.svg');
  desk.publish('run:a', { type: 'run/snapshot', topic: 'run:a', run: null, series: [] });
  expect([told, times()]).toEqual([['loss.svg'], 0]);
});

test('nobody listens any more once it is closed', () => {
  const { desk, watching } = watch('loss.svg');
  watching.dispose();
  expect(desk.listeners).toBe(0);
});
