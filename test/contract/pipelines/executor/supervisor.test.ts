import { rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { placeOf } from '../../../../daemon/pipelines/executors/local/places.ts';
import { isAlive } from '../../../support/processes.ts';
import { TempWorkspace } from '../../../support/temp-workspace.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';
import { waitFor } from '../../../support/wait-for.ts';
import type { OpenExecutor } from './house.ts';
import { ExecutorHouse, logOf, said } from './house.ts';
import { openLocal } from './open-local.ts';
import { instancesIn, supervisorsIn } from './supervisor-of.ts';

const PATIENT = 'echo $$ begun; until [ -e go ]; do sleep 0.02; done; echo the end; exit 6';
const ID = 'run/long/1';

let house: ExecutorHouse;
afterEach(() => house.dispose());

const open = (executor: OpenExecutor = (workspace) => openLocal(workspace), workspace = new TempWorkspace()) => {
  house = new ExecutorHouse(executor, workspace);
  return house;
};
const folder = () => house.workspace.path('.state', 'supervisors');
const supervisors = () => supervisorsIn(folder());
const address = () => instancesIn(folder())[0]?.address ?? '';

describe('the supervisor', () => {
  it('is one for all steps of a workspace, started when it is needed', async () => {
    open();
    expect(supervisors()).toEqual([]);
    await Promise.all(Array.from({ length: 10 }, () => house.run('true')));
    expect(supervisors()).toHaveLength(1);
  });

  it('leaves at once when the daemon does and nothing runs', async () => {
    open();
    await house.run('true');
    const [pid = 0] = supervisors();
    await house.executor.dispose();
    await waitFor(() => !isAlive(pid), { timeout: 1_500 });
  });

  it('is let go after a minute without steps; another is started when it is needed', async () => {
    const clock = new VirtualClock();
    open((workspace) => openLocal(workspace, { clock }));
    await house.run('true');
    const [pid = 0] = supervisors();
    await clock.advance(59_000);
    await house.run('true');
    expect(supervisors()).toEqual([pid]);
    await clock.advance(59_000);
    expect(supervisors()).toEqual([pid]);
    await clock.advance(1_000);
    await waitFor(() => !isAlive(pid));
    expect(await house.run('exit 3')).toMatchObject({ code: 3 });
    await waitFor(() => instancesIn(folder()).length === 1);
  });

  it('stays while a step runs, and leaves after it when nobody comes', async () => {
    open();
    // longer than it waits for a daemon when nothing runs
    await said(house.start('echo begun; sleep 3; exit 6', { id: ID }), 'begun');
    const [pid = 0] = supervisors();
    await house.executor.dispose();
    await waitFor(() => !isAlive(pid));
    await house.again();
    expect(await (await house.adopt(ID)).exit).toMatchObject({ code: 6 });
  });

  it('that is told to end ends its steps, which are lost', async () => {
    open();
    const handle = house.start(PATIENT);
    const step = Number.parseInt(await said(handle, 'begun'), 10);
    for (const pid of supervisors()) process.kill(pid, 'SIGTERM');
    expect(await handle.exit).toMatchObject({ how: 'lost' });
    expect(isAlive(step)).toBe(false);
  });

  it('that was killed is followed by another; its steps are lost, with all that they started', async () => {
    open();
    const handle = house.start(`(setsid sh -c 'echo $$; exec sleep 600' &)\n${PATIENT}`);
    const log = await said(handle, 'begun');
    for (const pid of supervisors()) process.kill(pid, 'SIGKILL');
    expect(await handle.exit).toEqual({ code: null, how: 'lost', reason: 'it ended without a trace' });
    for (const line of log.trim().split('\n')) expect(isAlive(Number.parseInt(line, 10))).toBe(false);
    expect(await house.run('exit 3')).toMatchObject({ code: 3 });
    expect(supervisors()).toHaveLength(1);
    // it is what it was, whoever asks
    const [id] = ['run/step 1/1'];
    expect(await (await house.adopt(id ?? '')).exit).toMatchObject({ how: 'lost' });
  });

  it('of another version finishes its steps and is listened to; new ones get a new supervisor', async () => {
    let version = '1';
    open((workspace) => openLocal(workspace, { version }));
    await said(house.start(PATIENT, { id: ID }), 'begun');
    const [old = 0] = supervisors();
    version = '2';
    await house.again();
    const handle = await house.adopt(ID);
    expect(await house.run('exit 3')).toMatchObject({ code: 3 });
    expect(supervisors()).toHaveLength(2);
    house.workspace.write('go', '');
    expect(await handle.exit).toMatchObject({ code: 6 });
    await house.executor.dispose();
    await waitFor(() => !isAlive(old));
  });

  it('that cannot be reached any more is waited for; its steps can be cancelled', async () => {
    open();
    await said(house.start(PATIENT, { id: ID }), 'begun');
    await said(house.start('echo up; sleep 600', { id: 'run/other/1' }), 'up');
    rmSync(address());
    await house.again();
    const [one, other] = [await house.adopt(ID), await house.adopt('run/other/1')];
    house.workspace.write('go', '');
    expect(await one.exit).toMatchObject({ code: 6, how: 'exited' });
    expect(await logOf(one)).toContain('the end');
    other.cancel();
    expect((await other.exit).how).toBe('signalled');
  });

  it('has a socket also where the path is longer than the system takes', async () => {
    open(undefined, new TempWorkspace({ name: 'd'.repeat(200) }));
    expect(await house.run('echo deep')).toMatchObject({ code: 0, log: 'deep\n' });
    await said(house.start(PATIENT, { id: ID }), 'begun');
    await house.again();
    (await house.adopt(ID)).cancel();
  });
});

describe('nobody else', () => {
  it('can reach it, or read what it has', async () => {
    open();
    const handle = house.start('echo words; sleep 600');
    await said(handle, 'words');
    const { log, journal } = placeOf(house.workspace.path('.state', 'runs'), 'run/step 1/1');
    const modes = [folder(), address(), log, journal].map((path) => statSync(path).mode);
    expect(modes.filter((mode) => (mode & 0o077) !== 0)).toEqual([]);
  });

  it('is believed: who does not know the secret is heard by neither', async () => {
    open();
    const handle = house.start(PATIENT, { id: ID });
    await said(handle, 'begun');
    const stranger = connect(address());
    const answers: string[] = [];
    stranger.on('data', (bytes) => void answers.push(String(bytes)));
    stranger.write(`{"nonce":"x"}\n{"proof":"x"}\n{"type":"cancel","id":"${ID}"}\n`);
    await new Promise((resolve) => stranger.once('close', resolve));
    expect(answers.join('').split('\n')).toHaveLength(2);
    // it took its place: nothing is started there
    const socket = address();
    rmSync(socket);
    const heard: string[] = [];
    const impostor = createServer((client) => {
      client.on('data', (bytes) => void heard.push(String(bytes)));
      client.write('{"nonce":"x","proof":"x","protocol":1,"version":"1"}\n');
    });
    await new Promise<void>((resolve) => void impostor.listen(socket, resolve));
    await house.again();
    expect(await house.run('exit 3')).toMatchObject({ code: 3 });
    expect(heard.join('').trim().split('\n')).toEqual([expect.stringMatching(/^\{"nonce":"\w+"\}$/)]);
    impostor.close();
    house.workspace.write('go', '');
    expect(await (await house.adopt(ID)).exit).toMatchObject({ code: 6 });
  });

  it('says where to connect to: what is not sealed here counts for nothing', async () => {
    open();
    const heard: string[] = [];
    const socket = house.workspace.path('s');
    const server = createServer((client) => void client.on('data', (bytes) => heard.push(String(bytes))));
    await new Promise<void>((resolve) => void server.listen(socket, resolve));
    await house.run('true');
    const [instance] = instancesIn(folder());
    const planted = { ...instance, id: 'b'.repeat(32), address: socket };
    writeFileSync(join(folder(), `${planted.id}.json`), JSON.stringify({ instance: planted, seal: 'x' }), {
      mode: 0o600,
    });
    await house.again();
    expect(await house.run('exit 3')).toMatchObject({ code: 3 });
    expect(heard).toEqual([]);
    server.close();
  });

  it('has output written into a file of the user, by a link that lies there', async () => {
    open();
    const { folder: place, log } = placeOf(house.workspace.path('.state', 'runs'), ID);
    house.workspace.write('precious', 'mine');
    house.workspace.write(`${place.slice(house.workspace.folder.length + 1)}/x`, '');
    symlinkSync(house.workspace.path('precious'), log);
    expect(await house.start('echo taken', { id: ID }).exit).toMatchObject({ how: 'not-started' });
    expect(house.workspace.read('precious')).toBe('mine');
  });
});
