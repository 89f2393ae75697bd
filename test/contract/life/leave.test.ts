import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { TestDaemon } from '../../support/daemon.ts';
import { isAlive } from '../../support/processes.ts';
import { waitFor } from '../../support/wait-for.ts';
import { anotherHasLeft, ask, LifeHouse } from './crisol.ts';

let house: LifeHouse;
afterEach(() => house.dispose());
const open = (files?: Record<string, string>) => {
  house = new LifeHouse(files);
};

describe('leaves', () => {
  it('when it is idle, and not while somebody is connected', async () => {
    open();
    const info = await house.impatient();
    const socket = new WebSocket(`${info.url.replace('http', 'ws')}/ws`, {
      headers: { authorization: `Bearer ${info.token}` },
    });
    await once(socket, 'open');
    await anotherHasLeft();
    expect(isAlive(info.pid)).toBe(true);
    socket.close();
    await house.gone(info.pid);
    expect(house.hasInfo()).toBe(false);
    expect(house.log()).toContain('nobody used it');
  });

  it('cleanly when it is told to, with a client connected that does not answer', async () => {
    open();
    const info = await house.up();
    const socket = new WebSocket(`${info.url.replace('http', 'ws')}/ws`, {
      headers: { authorization: `Bearer ${info.token}` },
    });
    await once(socket, 'open');
    socket.pause();
    const started = performance.now();
    await house.kill(info.pid, 'SIGTERM');
    // a socket is given 30 s to say goodbye, where nobody decides otherwise
    expect(performance.now() - started).toBeLessThan(4_000);
    socket.terminate();
    // what Python said of itself, on a machine that has one
    const left = readdirSync(house.workspace.path('.crisol')).filter((name) => name !== 'python-version.json');
    expect(left.sort()).toEqual([
      '.gitignore',
      'address.json',
      'crisol.json',
      'daemon.lock',
      'logs',
      'predictions.db',
      'store.db',
    ]);
  });

  it('for a newer one only when the running pipeline has ended', async () => {
    open({ 'crisol.yaml': 'version: 1\nname: p\nsteps:\n  a: {run: "until [ -e go ]; do sleep 0.05; done"}\n' });
    const info = await house.up();
    const { run_id } = await ask<{ run_id: string }>(info, 'pipelines/runs', {});
    await ask(info, 'shutdown', { when: 'idle' });
    // one with nothing under way, told the same after it, is gone
    const other = new LifeHouse();
    const idle = await other.up();
    await ask(idle, 'shutdown', { when: 'idle' });
    await other.gone(idle.pid);
    await other.dispose();
    expect(await ask(info, `pipelines/runs/${run_id}`)).toMatchObject({ state: 'running' });
    house.workspace.write('go', '');
    await house.gone(info.pid);
    const next = await house.up();
    expect(await ask(next, `pipelines/runs/${run_id}`)).toMatchObject({ state: 'succeeded' });
  });
});

it('exits with 0 after SIGTERM', async () => {
  open();
  const daemon = await TestDaemon.start(house.workspace.folder);
  await daemon.stop();
  expect(await daemon.ended).toBe(0);
  await waitFor(() => !house.hasInfo());
});
