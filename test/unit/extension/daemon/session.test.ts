import { statSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LinkState, RoomMessage } from '../../../../extension/daemon/link.ts';
import { Session } from '../../../../extension/daemon/session.ts';
import { TempWorkspace } from '../../../support/temp-workspace.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { SmallDaemon, TOKEN } from './small-daemon.ts';

let workspace: TempWorkspace;
let daemon: SmallDaemon;
let session: Session;
let states: LinkState['kind'][];

beforeEach(async () => {
  workspace = new TempWorkspace();
  // what `crisol up` prints, or how it fails, is in a file of the workspace
  workspace.write(
    'cli.mjs',
    `import { existsSync, readFileSync, writeFileSync } from 'node:fs';
     writeFileSync('called.json', JSON.stringify(process.argv.slice(2)));
     if (existsSync('failure.txt')) { console.error(readFileSync('failure.txt', 'utf8')); process.exit(1); }
     console.log(readFileSync('up.json', 'utf8'));`,
  );
  daemon = await SmallDaemon.start(workspace.folder);
  session = new Session({
    cli: workspace.path('cli.mjs'),
    version: '0.1.0',
    idleMinutes: () => 15,
    logMegabytes: () => 500,
    log: () => {},
  });
  states = [];
  session.onState(({ kind }) => states.push(kind));
});

afterEach(async () => {
  session.dispose();
  await daemon.stop();
  workspace.dispose();
});

const reached = (kind: LinkState['kind']) => waitFor(() => session.state.kind === kind, { what: `the state ${kind}` });

test('finds the running daemon through its file, and asks it before believing', async () => {
  daemon.writeInfo();
  session.attach(workspace.folder);
  await reached('connected');
  expect(states).toEqual(['starting', 'connected']);
  expect(daemon.asked[0]).toMatchObject({ path: '/api/crisol/v1/status', authorization: `Bearer ${TOKEN}` });
  expect(workspace.has('called.json')).toBe(false);
});

test('starts a daemon when the file is stale, and passes the setting on', async () => {
  workspace.write('.crisol/daemon.json', JSON.stringify({ ...daemon.info, url: 'http://127.0.0.1:1' }));
  workspace.write('up.json', JSON.stringify(daemon.info));
  session.attach(workspace.folder);
  await reached('connected');
  const called = JSON.parse(workspace.read('called.json'));
  expect(called).toEqual([
    'up',
    '--json',
    '--workspace',
    workspace.folder,
    '--idle-minutes',
    '15',
    '--log-megabytes',
    '500',
  ]);
});

test('sends the token to no other machine, and takes no daemon of another folder', async () => {
  for (const info of [
    { ...daemon.info, url: daemon.url.replace('127.0.0.1', 'crisol.example') },
    { ...daemon.info, url: daemon.url.replace('http', 'https') },
    { ...daemon.info, token: 'written by hand' },
    { hello: 'there' },
  ]) {
    workspace.write('.crisol/daemon.json', JSON.stringify(info));
    workspace.write('failure.txt', 'DAEMON_START_FAILED: not today\n  Look into the log.');
    session.attach(workspace.folder);
    await reached('failed');
    session.detach({ kind: 'stopped' });
  }
});

test('says why the daemon could not be started, and connects when somebody else has started it', async () => {
  workspace.write('failure.txt', 'STORE_CORRUPT: store.db is damaged.\nRestore a copy from .crisol/backups.');
  session.attach(workspace.folder);
  await reached('failed');
  expect(session.state).toMatchObject({
    problem: { code: 'STORE_CORRUPT', message: 'store.db is damaged.', hint: 'Restore a copy from .crisol/backups.' },
  });
  await expect(session.call('GET', '/models')).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
  daemon.writeInfo();
  await reached('connected');
});

test('comes back by itself when the connection breaks, and goes on where it was', async () => {
  daemon.writeInfo();
  const received: RoomMessage['type'][] = [];
  session.subscribe('registry', ({ type }) => received.push(type));
  session.attach(workspace.folder);
  await waitFor(() => received.length === 1, { what: 'the snapshot' });
  daemon.publish({ type: 'registry/model-removed', name: 'old' });
  await waitFor(() => received.length === 2, { what: 'the event' });

  daemon.drop();
  await waitFor(() => daemon.heard.length === 2, { what: 'the second subscription' });
  expect(states.slice(-2)).toEqual(['reconnecting', 'connected']);
  expect(daemon.heard[1]).toEqual({ type: 'subscribe', topics: ['registry'], resume: { epoch: 'first', seq: 8 } });
});

test('starts the daemon again when it is gone', async () => {
  daemon.writeInfo();
  session.attach(workspace.folder);
  await reached('connected');
  const next = await SmallDaemon.start(workspace.folder);
  workspace.write('up.json', JSON.stringify(next.info));
  await daemon.stop();
  daemon = next;
  await waitFor(() => states.filter((kind) => kind === 'connected').length === 2, { what: 'the second connection' });
  expect(session.state).toMatchObject({ kind: 'connected', address: { url: next.url } });
});

test('a daemon that says good-bye stays away until somebody starts it', async () => {
  daemon.writeInfo();
  session.attach(workspace.folder);
  await reached('connected');
  daemon.say({ type: 'system/closing', reason: 'the daemon is ending' });
  await daemon.stop();
  await reached('stopped');

  daemon = await SmallDaemon.start(workspace.folder);
  daemon.writeInfo();
  await reached('connected');
});

test('a call starts a stopped daemon first', async () => {
  daemon.writeInfo();
  session.attach(workspace.folder);
  await reached('connected');
  daemon.say({ type: 'system/closing', reason: 'the daemon is ending' });
  daemon.drop();
  await reached('stopped');
  await expect(session.call('GET', '/status')).resolves.toMatchObject({ epoch: 'first' });
});

test('a daemon that was begun before this build of the same version was made hands over, too', async () => {
  daemon.startedAt = Math.floor(statSync(workspace.path('cli.mjs')).mtimeMs) - 1;
  daemon.writeInfo();
  session.attach(workspace.folder);
  await reached('connected');
  expect(session.state).toMatchObject({ outdated: true });
  expect(daemon.asked).toContainEqual(expect.objectContaining({ path: '/api/crisol/v1/shutdown' }));
});

test('an older daemon is asked to hand over when it is idle, and is followed by a new one', async () => {
  daemon.version = '0.0.9';
  daemon.writeInfo();
  session.attach(workspace.folder);
  await reached('connected');
  expect(session.state).toMatchObject({ outdated: true });
  expect(daemon.asked).toContainEqual(
    expect.objectContaining({ method: 'POST', path: '/api/crisol/v1/shutdown', body: { when: 'idle' } }),
  );

  const next = await SmallDaemon.start(workspace.folder);
  workspace.write('up.json', JSON.stringify(next.info));
  daemon.say({ type: 'system/closing', reason: 'the daemon is ending' });
  await daemon.stop();
  daemon = next;
  await waitFor(() => session.state.kind === 'connected' && !session.state.outdated, { what: 'the new daemon' });
});

test('refusals keep their code and what to do', async () => {
  daemon.writeInfo();
  session.attach(workspace.folder);
  const refused = session.call('GET', '/nothing');
  await expect(refused).rejects.toMatchObject({ code: 'ENDPOINT_NOT_FOUND', hint: 'Check the path.' });
});

test('nothing is asked of anybody in a folder that is not trusted', async () => {
  daemon.writeInfo();
  session.detach({ kind: 'untrusted' });
  await expect(session.call('GET', '/models')).rejects.toThrow('not trusted');
  expect(daemon.asked).toEqual([]);
});

test('a restart ends the daemon and brings the next', async () => {
  daemon.writeInfo();
  session.attach(workspace.folder);
  await reached('connected');
  const next = await SmallDaemon.start(workspace.folder);
  workspace.write('up.json', JSON.stringify(next.info));
  await session.restart();
  expect(daemon.asked.at(-1)).toMatchObject({ path: '/api/crisol/v1/shutdown', body: { when: 'now' } });
  daemon.say({ type: 'system/closing', reason: 'the daemon is ending' });
  await daemon.stop();
  daemon = next;
  await waitFor(() => session.state.kind === 'connected' && session.state.address.url === next.url);
  expect(states).not.toContain('stopped');
});
