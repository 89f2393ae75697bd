import { chmodSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findByAddress, findDaemon } from '../../../daemon/life/find.ts';
import type { DaemonInfo } from '../../../schemas/workspace.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';

let workspace: TempWorkspace;
let server: Server;
let seen: IncomingMessage[];
let answer: (response: ServerResponse) => void;
beforeEach(async () => {
  workspace = new TempWorkspace();
  seen = [];
  answer = (response) => response.end(JSON.stringify(status()));
  server = createServer((request, response) => {
    seen.push(request);
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
  workspace.dispose();
});

const port = () => (server.address() as AddressInfo).port;
const info = (over: Partial<DaemonInfo> = {}): DaemonInfo => ({
  url: `http://127.0.0.1:${port()}`,
  token: 'the-token',
  pid: 1,
  epoch: 'e',
  workspace: workspace.folder,
  version: '1.0.0',
  ...over,
});
const status = (over: object = {}) => ({
  version: '1.0.0',
  epoch: 'e',
  pid: 1,
  url: `http://127.0.0.1:${port()}`,
  workspace: workspace.folder,
  started_at: 1,
  busy: [],
  store: { state: 'ok' },
  ...over,
});
const write = (value: unknown) =>
  workspace.write('.crisol/daemon.json', typeof value === 'string' ? value : JSON.stringify(value));

it('finds the daemon that answers to the token', async () => {
  write(info());
  expect(await findDaemon(workspace.folder)).toEqual({ info: info(), status: status() });
  expect(seen[0]?.headers.authorization).toBe('Bearer the-token');
});

it('finds it where it told its successor to be, once it is sure that one runs', async () => {
  const token = 'the-token'.repeat(5);
  workspace.write('.crisol/address.json', JSON.stringify({ port: port(), token }));
  chmodSync(workspace.path('.crisol/address.json'), 0o600);
  expect(await findDaemon(workspace.folder)).toBeUndefined();
  expect(seen).toEqual([]);
  expect(await findByAddress(workspace.folder)).toEqual({ info: { ...info(), token }, status: status() });
  answer = (response) => response.end(JSON.stringify(status({ workspace: '/elsewhere' })));
  expect(await findByAddress(workspace.folder)).toBeUndefined();
});

describe('finds none', () => {
  it.each([
    ['there is no file', undefined],
    ['the file is cut off', '{"url": "htt'],
    ['the file has another shape', { url: 'http://127.0.0.1:1', token: 5 }],
    ['the file holds null', null],
  ])('when %s', async (_what, content) => {
    if (content !== undefined) write(content);
    expect(await findDaemon(workspace.folder)).toBeUndefined();
  });

  it('when nobody answers there', async () => {
    write(info());
    await new Promise((resolve) => server.close(resolve));
    expect(await findDaemon(workspace.folder)).toBeUndefined();
  });

  it.each([
    ["another workspace's daemon", () => status({ workspace: '/elsewhere' })],
    ['a daemon of another epoch', () => status({ epoch: 'newer' })],
    ['a program that knows nothing of us', () => ({ hello: 'world' })],
  ])('when %s answers', async (_what, body) => {
    write(info());
    answer = (response) => response.end(JSON.stringify(body()));
    expect(await findDaemon(workspace.folder)).toBeUndefined();
  });

  it('when it answers with an error, or with no JSON', async () => {
    write(info());
    answer = (response) => response.writeHead(401).end('{}');
    expect(await findDaemon(workspace.folder)).toBeUndefined();
    answer = (response) => response.end('<html>');
    expect(await findDaemon(workspace.folder)).toBeUndefined();
  });
});

describe('sends the token nowhere', () => {
  it.each([
    ['to another machine', (at: number) => `http://0.0.0.0:${at}`],
    ['to a name', (at: number) => `http://localhost:${at}`],
    ['to a name that looks like an address', (at: number) => `http://127.0.0.1.evil.example:${at}`],
    ['to what hides behind an at sign', (at: number) => `http://127.0.0.1:80@0.0.0.0:${at}`],
    ['over another protocol', (at: number) => `ftp://127.0.0.1:${at}`],
    ['with a name and a password', (at: number) => `http://me:secret@127.0.0.1:${at}`],
    ['to a path that swallows ours', (at: number) => `http://127.0.0.1:${at}/else?`],
    ['to what is no address', () => '127.0.0.1'],
  ])('%s', async (_what, url) => {
    write(info({ url: url(port()) }));
    expect(await findDaemon(workspace.folder)).toBeUndefined();
    expect(seen).toEqual([]);
  });

  it('that an answer points to', async () => {
    let followed = 0;
    const elsewhere = createServer((_request, response) => {
      followed++;
      response.end(JSON.stringify(status()));
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    const target = (elsewhere.address() as AddressInfo).port;
    answer = (response) => response.writeHead(302, { location: `http://127.0.0.1:${target}/` }).end();
    write(info());
    expect(await findDaemon(workspace.folder)).toBeUndefined();
    expect(followed).toBe(0);
    elsewhere.close();
  });
});
