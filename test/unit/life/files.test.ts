import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AddressBook, InfoFile, LogFile, lockWorkspace } from '../../../daemon/life/index.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';
import { waitFor } from '../../support/wait-for.ts';

let workspace: TempWorkspace;
beforeEach(() => {
  workspace = new TempWorkspace();
});
afterEach(() => workspace.dispose());

const refusal = (code: string) => expect.objectContaining({ code });

describe('the address', () => {
  const open = () => new AddressBook(workspace.path('address.json'), seal);
  const seal = (...words: string[]) => `sealed ${words}`;

  it('stays the same from one daemon to the next, and only this user can read it', () => {
    const first = open();
    expect(first.token).toMatch(/^[\w-]{43}$/);
    expect(first.lastPort).toBe(0);
    first.remember(4321);
    expect(open()).toMatchObject({ token: first.token, lastPort: 4321 });
    expect(statSync(workspace.path('address.json')).mode & 0o777).toBe(0o600);
    expect(readdirSync(workspace.folder)).toEqual(['address.json']);
  });

  it.each([
    ['cut off', '{"port": 43'],
    ['with a port that is none', JSON.stringify({ port: 70_000, token: 'x'.repeat(43) })],
    ['with a token that anybody guesses', JSON.stringify({ port: 1, token: 'secret' })],
    ['with a token that breaks out of a header', JSON.stringify({ port: 1, token: `${'x'.repeat(43)}\r\nHost: evil` })],
  ])('%s is made anew', (_what, text) => {
    workspace.write('address.json', text);
    chmodSync(workspace.path('address.json'), 0o600);
    const { token, lastPort } = open();
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(lastPort).toBe(0);
  });

  it('gets a new token when others could read the file, as one that came with a repository', () => {
    const known = 'k'.repeat(43);
    workspace.write('address.json', JSON.stringify({ port: 4321, token: known }));
    chmodSync(workspace.path('address.json'), 0o644);
    const book = open();
    expect(book.token).not.toBe(known);
    book.remember(4321);
    expect(statSync(workspace.path('address.json')).mode & 0o777).toBe(0o600);
  });

  it('gets a new token when the file came from elsewhere, whoever could read it', () => {
    const known = { port: 4321, token: 'k'.repeat(43) };
    for (const seal of [undefined, '', 'guessed']) {
      workspace.write('address.json', JSON.stringify({ ...known, seal }));
      chmodSync(workspace.path('address.json'), 0o600);
      expect(open().token).not.toBe(known.token);
      expect(open().lastPort).toBe(0);
    }
  });

  it('says that it cannot be kept', () => {
    const book = open();
    mkdirSync(workspace.path('address.json'));
    expect(() => book.remember(1)).toThrow();
    expect(readdirSync(workspace.folder)).toEqual(['address.json']);
  });
});

describe('the info file', () => {
  const info = { url: 'http://127.0.0.1:1', token: 't', pid: 1, epoch: 'mine', workspace: '/w', version: '1' };

  it('is there while the daemon is', () => {
    const file = new InfoFile(workspace.path('daemon.json'), info);
    expect(JSON.parse(workspace.read('daemon.json'))).toEqual(info);
    expect(statSync(workspace.path('daemon.json')).mode & 0o777).toBe(0o600);
    file.dispose();
    expect(workspace.has('daemon.json')).toBe(false);
  });

  it("stays when it has become somebody else's", () => {
    const file = new InfoFile(workspace.path('daemon.json'), info);
    new InfoFile(workspace.path('daemon.json'), { ...info, epoch: 'other' });
    file.dispose();
    expect(JSON.parse(workspace.read('daemon.json')).epoch).toBe('other');
  });
});

describe('the lock', () => {
  const lock = () => lockWorkspace(workspace.path('daemon.lock'));

  it('is had by one, and is free after it', () => {
    const held = lock();
    expect(lock).toThrow(refusal('DAEMON_ALREADY_RUNNING'));
    void held.dispose();
    void lock().dispose();
  });

  it('says that the folder cannot be written', () => {
    expect(() => lockWorkspace(workspace.path('gone', 'daemon.lock'))).toThrow(refusal('STORE_READ_ONLY'));
  });

  it('says that its file is damaged', () => {
    workspace.write('daemon.lock', 'not a lock '.repeat(100));
    expect(lock).toThrow(refusal('STORE_CORRUPT'));
  });
});

describe('the log', () => {
  const folder = () => workspace.path('logs');

  it('has its last words in it when it is closed, also in the moment it was opened', async () => {
    for (let attempt = 0; attempt < 50; attempt++) {
      const log = new LogFile(folder());
      log.logger.error({}, `words before the end ${attempt}.`);
      await log.dispose();
      expect(workspace.read('logs/daemon.log')).toContain(`words before the end ${attempt}.`);
    }
  });

  it('can be closed on a full disk', async () => {
    mkdirSync(folder());
    symlinkSync('/dev/full', workspace.path('logs/daemon.log'));
    const log = new LogFile(folder());
    log.logger.info({}, 'there is no room for this');
    await log.dispose();
    expect(statSync(workspace.path('logs/daemon.log')).size).toBe(0);
  });

  it('is turned over when it is full, and keeps three older ones', async () => {
    const log = new LogFile(folder());
    const text = 'x'.repeat(10_000);
    await waitFor(() => {
      for (let n = 0; n < 90; n++) log.logger.info({ n, text }, 'line');
      return workspace.has('logs/daemon.3.log');
    });
    log.logger.info({}, 'the last line');
    await waitFor(() => readFileSync(workspace.path('logs/daemon.log'), 'utf8').includes('the last line'));
    await log.dispose();
    const names = readdirSync(folder()).sort();
    expect(names).toEqual(['daemon.1.log', 'daemon.2.log', 'daemon.3.log', 'daemon.log']);
    for (const name of names) expect(statSync(workspace.path('logs', name)).size).toBeLessThan(8_000_000);
  });
});
