import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { STARTED_VARIABLE } from '../../../schemas/workspace.ts';
import { isAlive } from '../../support/processes.ts';
import { AWKWARD_NAME } from '../../support/temp-workspace.ts';
import { crisolWith, LifeHouse } from './crisol.ts';

let house: LifeHouse;
afterEach(() => house.dispose());
const open = (files?: Record<string, string>, name?: string) => {
  house = new LifeHouse(files, name);
  return house;
};

describe('one daemon a workspace', () => {
  it('also when six ask for it at the same moment', async () => {
    open();
    const infos = await Promise.all(Array.from({ length: 6 }, () => house.up()));
    expect(new Set(infos.map(({ epoch }) => epoch)).size).toBe(1);
    expect(infos.every(({ pid }) => pid === infos[0]?.pid)).toBe(true);
  });

  it('which is found again, keeps port and token over restarts, and works under an awkward name', async () => {
    open({}, AWKWARD_NAME);
    const first = await house.up();
    expect(await house.up()).toEqual(first);
    expect(first.workspace).toBe(house.workspace.folder);
    await house.kill(first.pid, 'SIGTERM');
    expect(house.hasInfo()).toBe(false);
    const second = await house.up();
    expect([second.url, second.token]).toEqual([first.url, first.token]);
    expect(second.epoch).not.toBe(first.epoch);
    // killed: its info file lies there and is stale
    await house.kill(second.pid);
    expect(house.hasInfo()).toBe(true);
    const third = await house.up();
    expect([third.url, third.token]).toEqual([first.url, first.token]);
    expect(third.pid).not.toBe(second.pid);
  });

  it('which is noted where `npm start` ends what began below it, once', async () => {
    open();
    const notes = house.workspace.path('notes');
    mkdirSync(notes);
    for (let time = 0; time < 2; time++) {
      const { code } = await crisolWith({ [STARTED_VARIABLE]: notes }, house.workspace.folder, 'up');
      expect(code).toBe(0);
    }
    expect(readdirSync(notes).map((name) => readFileSync(join(notes, name), 'utf8'))).toEqual([house.workspace.folder]);
    await house.crisol('down');
  });

  it('takes another port when somebody has taken its own', async () => {
    open();
    const first = await house.up();
    await house.kill(first.pid, 'SIGTERM');
    const thief = createServer().listen(Number(new URL(first.url).port), '127.0.0.1');
    await once(thief, 'listening');
    const second = await house.up();
    thief.close();
    expect(second.url).not.toBe(first.url);
    expect(second.token).toBe(first.token);
  });
});

describe('an info file that somebody edited', () => {
  it('sends nobody to another place, and is mended', async () => {
    open();
    const info = await house.up();
    const heard: Buffer[] = [];
    const thief = createServer((socket) => {
      socket.on('error', () => {});
      socket.on('data', (data) => {
        heard.push(data);
        socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}');
      });
    }).listen(0, '0.0.0.0');
    await once(thief, 'listening');
    const { port } = thief.address() as { port: number };
    const edit = (over: object) => house.workspace.write('.crisol/daemon.json', JSON.stringify({ ...info, ...over }));

    // not on this machine: nothing is sent there; the daemon is found all the same
    edit({ url: `http://0.0.0.0:${port}` });
    expect((await house.up()).epoch).toBe(info.epoch);
    edit({ epoch: 'another' });
    expect((await house.up()).epoch).toBe(info.epoch);
    expect(heard).toEqual([]);

    await house.kill(info.pid);
    edit({ url: `http://127.0.0.1:${port}` });
    const next = await house.up();
    expect(next.url).toBe(info.url);
    expect(JSON.parse(house.workspace.read('.crisol/daemon.json')).url).toBe(info.url);
    thief.close();
  });

  it('or deleted is mended by whoever looks for the daemon, which is not said to be gone', async () => {
    open();
    const { pid } = await house.up();
    const whole = house.workspace.read('.crisol/daemon.json');
    house.workspace.write('.crisol/daemon.json', '{');
    expect((await house.crisol('status')).code).toBe(0);
    expect(house.workspace.read('.crisol/daemon.json')).toBe(whole);
    rmSync(house.workspace.path('.crisol', 'daemon.json'));
    expect((await house.crisol('down')).out).toContain('The daemon has ended.');
    expect(isAlive(pid)).toBe(false);
    expect(house.hasInfo()).toBe(false);
  });

  it("is not obeyed when it names another workspace's daemon", async () => {
    const other = new LifeHouse();
    try {
      const theirs = await other.up();
      open();
      mkdirSync(house.workspace.path('.crisol'));
      await house.up().then((info) => house.kill(info.pid, 'SIGTERM'));
      house.workspace.write('.crisol/daemon.json', other.workspace.read('.crisol/daemon.json'));
      const ours = await house.up();
      expect(ours.pid).not.toBe(theirs.pid);
      expect(ours.workspace).toBe(house.workspace.folder);
      expect(isAlive(theirs.pid)).toBe(true);
    } finally {
      await other.dispose();
    }
  });
});
