import { afterEach, beforeEach, expect, test } from 'vitest';
import { registryRoutes } from '../../../daemon/http/app/registry.ts';
import { Guard } from '../../../daemon/http/guard.ts';
import type { App } from '../../../daemon/http/server.ts';
import { createHttp, listen } from '../../../daemon/http/server.ts';
import { Hub } from '../../../daemon/ws/hub.ts';
import { registryTopics } from '../../../daemon/ws/topics/registry.ts';
import { createApi } from '../../../extension/daemon/api.ts';
import { request } from '../../../extension/daemon/http.ts';
import type { RoomMessage } from '../../../extension/daemon/link.ts';
import { RegistryModel } from '../../../extension/views/registry-model.ts';
import { registryNodes } from '../../../extension/views/registry-nodes.ts';
import { VersionLoader } from '../../../extension/views/version-loader.ts';
import { drawn } from '../../unit/extension/views/some.ts';
import { RegistryRoom } from '../../unit/registry/room.ts';

const TOKEN = 'token';
const MANY = 2_000;

/** The tree Models over real routes and events, without a window. */
let room: RegistryRoom;
let app: App;
let hub: Hub;
let model: RegistryModel;
let loader: VersionLoader;

beforeEach(async () => {
  room = new RegistryRoom();
  const guard = new Guard(TOKEN);
  app = createHttp({ guard, logger: { info() {}, warn() {}, error() {} }, onRequest() {} });
  registryRoutes(app, room.registry);
  hub = new Hub('epoch');
  hub.follow('registry');
  registryTopics({ hub, registry: room.registry });
  const port = await listen(app, 0);
  guard.allowPort(port);
  const door = { url: `http://127.0.0.1:${port}`, token: TOKEN };
  const call = async (method: 'GET' | 'POST', path: string, body?: unknown) => {
    return (await request(door, method, path, { body })) as never;
  };
  model = new RegistryModel();
  loader = new VersionLoader(createApi({ call }), model, () => {});
  hub.published.on(({ text }) => hear(text));
  await room.adopt('liga', MANY);
  hear(await hub.snapshot('registry'));
});
afterEach(async () => {
  await app.close();
  await room.dispose();
});

function hear(text: string): void {
  const message: RoomMessage = JSON.parse(text);
  model.apply(message);
  loader.heard(message);
}

const ARCHIVED = { model: 'liga', stage: 'archived' } as const;
const tree = () => drawn(registryNodes(model, MANY));
const archived = () => {
  const rows = tree();
  return rows
    .slice(rows.findIndex((row) => row.includes(') archived')) + 1)
    .map((row) => row.trim().split(' ', 2).at(1));
};

test('of a model with thousands of versions a window is told the newest, and how many there are', async () => {
  expect((await hub.snapshot('registry')).length).toBeLessThan(10_000);
  expect(tree().slice(0, 2)).toEqual([
    '(package) liga 2,000 versions',
    '  (tools) development v1999 v1997 v1995 v1993 v1991 v1989 v1987 v1985 v1983 v1981 …',
  ]);
  expect(tree().at(-1)).toBe('    … 990 more');
});

test('the older ones of a stage come when they are asked for, and stay right', async () => {
  expect(await loader.more(ARCHIVED)).toBe(1980);
  expect(archived().slice(9, 12)).toEqual(['v1982', 'v1980', 'v1978']);
  expect(tree().at(-1)).toBe('    … 890 more');
  // one that is in no row of the newest moves, and one goes
  await room.registry.versions.move('liga', 1900, { to: 'staging', reason: 'r', replaces: false });
  await room.registry.versions.delete('liga', 1898);
  await loader.idle();
  expect(tree()).toContain('  (beaker) staging v1900 · just now');
  expect(archived()).not.toContain('v1898');
  expect(archived().filter((name) => name === 'v1900')).toEqual([]);
  expect(new Set(archived()).size).toBe(archived().length);
  expect(tree().at(-1)).toBe('    … 888 more');
});

test('all of them can be reached', async () => {
  while (tree().at(-1)?.includes('more')) await loader.more(ARCHIVED);
  expect(archived()).toEqual(Array.from({ length: MANY / 2 }, (_, at) => `v${MANY - 2 * at}`));
});
