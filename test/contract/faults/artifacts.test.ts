import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { Status } from '../../../schemas/wire/system.ts';
import { TestDaemon } from '../../support/daemon.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';
import { waitFor } from '../../support/wait-for.ts';
import { CAN_MOUNT, SmallDisk } from './small-disk.ts';

const FILES = '/api/2.0/mlflow-artifacts/artifacts';

let daemon: TestDaemon | undefined;
afterEach(() => daemon?.kill());

/** The status, or undefined when nobody answered. */
function put(to: TestDaemon, path: string, body: Buffer): Promise<number | undefined> {
  return to.fetch(`${FILES}/${path}`, { method: 'PUT', body: new Uint8Array(body) }).then(
    async (response) => {
      await response.text();
      return response.status;
    },
    () => undefined,
  );
}

/** Every content that a daemon could find, by its name. */
function contents(workspace: TempWorkspace): Map<string, string> {
  const root = workspace.path('.crisol', 'artifacts');
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => statSync(join(root, name)).isFile());
  return new Map(files.map((name) => [name.replace('/', ''), join(root, name)]));
}

describe('a daemon that is killed while files arrive', () => {
  it('keeps each that it acknowledged, and no half of any other', async () => {
    const workspace = new TempWorkspace();
    const kept = new Map<string, Buffer>();
    let cutOff = 0;
    for (let life = 0; life < 3; life++) {
      daemon = await TestDaemon.start(workspace.folder);
      const living = daemon;
      const send = async (client: number) => {
        for (let n = 0; ; n++) {
          const path = `run/${life}/${client}/${n}`;
          const body = Buffer.alloc(client === 0 ? 3_000_000 : 20_000, path);
          const status = await put(living, path, body);
          if (status !== 200) return cutOff++;
          kept.set(path, body);
        }
      };
      const sending = Promise.all([0, 1, 2, 3].map(send));
      const before = kept.size;
      await waitFor(() => kept.size > before + 6);
      await setTimeout(life * 3);
      await daemon.kill();
      await sending;
    }
    daemon = await TestDaemon.start(workspace.folder);
    for (const [path, body] of kept) {
      const response = await daemon.fetch(`${FILES}/${path}`);
      expect([path, response.status]).toEqual([path, 200]);
      expect(Buffer.from(await response.arrayBuffer()).equals(body)).toBe(true);
    }
    for (const [name, file] of contents(workspace)) {
      expect(createHash('sha256').update(readFileSync(file)).digest('hex')).toBe(name);
    }
    // else the kills came too late to prove anything
    expect(cutOff).toBe(12);
    await daemon.kill();
    workspace.dispose();
  });
});

describe.runIf(CAN_MOUNT)('a disk that is full', () => {
  it('is told to whoever sends a file, which leaves nothing, and is over once there is room', async () => {
    const disk = new SmallDisk(16);
    try {
      daemon = await TestDaemon.start(disk.workspace.folder);
      expect(await put(daemon, 'run/small', Buffer.from('small'))).toBe(200);
      const response = await daemon.fetch(`${FILES}/run/large`, { method: 'PUT', body: new Uint8Array(40_000_000) });
      expect([response.status, await response.json()]).toEqual([
        507,
        expect.objectContaining({ error_code: 'STORE_DISK_FULL', hint: expect.stringContaining('disk space') }),
      ]);
      expect((await daemon.fetch(`${FILES}/run/large`)).status).toBe(404);
      expect(await put(daemon, 'run/fits', Buffer.alloc(1_000_000))).toBe(200);
      expect(contents(disk.workspace).size).toBe(2);
    } finally {
      await daemon?.kill();
      disk.dispose();
    }
  });
});

it('a daemon says that it is busy as long as a file arrives', async () => {
  const workspace = new TempWorkspace();
  daemon = await TestDaemon.start(workspace.folder);
  const isBusy = async () => (await daemon?.get<Status>('status'))?.busy.includes('an artifact arrives');
  const { hostname, port } = new URL(daemon.url);
  const headers = { authorization: `Bearer ${daemon.info.token}` };
  const sent = request({ hostname, port, path: `${FILES}/run/slow`, method: 'PUT', headers });
  sent.write('a piece of it');
  await waitFor(isBusy);
  const answered = once(sent, 'response');
  sent.end();
  const [{ statusCode }] = await answered;
  expect([statusCode, await isBusy()]).toEqual([200, false]);
  await daemon.kill();
  workspace.dispose();
});
