import { afterEach, beforeEach, expect, it } from 'vitest';
import { Hub } from '../../../daemon/ws/hub.ts';
import { artifactTopics } from '../../../daemon/ws/topics/artifacts.ts';
import type { ArtifactsRoom } from '../../unit/artifacts/room.ts';
import { openArtifacts, pieces } from '../../unit/artifacts/room.ts';
import type { TrackingRoom } from '../../unit/tracking/room.ts';
import { openTracking } from '../../unit/tracking/room.ts';

const RUN = '0123456789abcdef0123456789abcdef';
let room: TrackingRoom;
let files: ArtifactsRoom;
const messages: Record<string, unknown>[] = [];

beforeEach(() => {
  room = openTracking();
  files = openArtifacts();
  const hub = new Hub('epoch');
  hub.follow(`run:${RUN}`);
  messages.length = 0;
  hub.published.on(({ text }) => messages.push(JSON.parse(text)));
  artifactTopics({ hub, artifacts: files.artifacts, tracking: room.tracking, clock: room.clock });
});
afterEach(async () => {
  await files.close();
  await room.close();
});

const put = (path: string, text = 'x') => files.artifacts.put(path, pieces(text));

it('tells once of a burst which files of a run are new, other or gone', async () => {
  await put(`1/${RUN}/artifacts/model/MLmodel`);
  await put(`1/${RUN}/artifacts/model/MLmodel`, 'y');
  await put(`deep/er/${RUN}/artifacts/${RUN}/artifacts/a.txt`);
  await files.artifacts.delete(`1/${RUN}/artifacts/model`);
  expect(messages).toEqual([]);
  await room.clock.advance(40);
  const paths = ['model/MLmodel', `${RUN}/artifacts/a.txt`, 'model'];
  expect(messages).toMatchObject([{ topic: `run:${RUN}`, type: 'run/artifacts', run_id: RUN, paths, model_ids: [] }]);
  expect(room.clock.waiting).toBe(0);
});

it('tells the run that logged a model of its files, and nobody of files that are of no run', async () => {
  const { loggedModels } = room.tracking;
  const { model_id } = await loggedModels.create({ experiment_id: '0', source_run_id: RUN });
  const nobodys = await loggedModels.create({ experiment_id: '0' });
  await put(`0/models/${model_id}/artifacts/MLmodel`);
  await put(`0/models/${nobodys.model_id}/artifacts/MLmodel`);
  await put(`0/models/m-${RUN}/artifacts/MLmodel`);
  await put('elsewhere/a.txt');
  await room.clock.advance(40);
  expect(messages).toMatchObject([{ topic: `run:${RUN}`, paths: [], model_ids: [model_id] }]);
});
