import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lastPort } from '../../../tools/start/last-port.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';

let workspace: TempWorkspace;
beforeEach(() => {
  workspace = new TempWorkspace();
});
afterEach(() => workspace.dispose());

it('is the port of the time before while nobody has taken it', async () => {
  const file = workspace.path('port');
  expect(await lastPort(file)).toBe(0);
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  workspace.write('port', String(port));
  expect(await lastPort(file)).toBe(0);
  other.close();
  await once(other, 'close');
  expect(await lastPort(file)).toBe(port);
});

it.each(['', 'none', '-1', '70000', '80.5'])('%j is none', async (text) => {
  workspace.write('port', text);
  expect(await lastPort(workspace.path('port'))).toBe(0);
});
