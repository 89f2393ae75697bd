import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { waitFor } from '../../support/wait-for.ts';
import { Cli } from './cli.ts';

let cli: Cli;
beforeEach(() => {
  cli = new Cli();
});
afterEach(() => cli.dispose());

/** What is kept of a program, as no one but its next start needs to know it. */
function keptOf(program: string, caches: string) {
  const folder = join(caches, 'crisol', 'compiled', program);
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => !name.endsWith('.draft')) : [];
  return names.map((name) => {
    const { ino, size } = statSync(join(folder, name));
    return { ino, size };
  });
}

it('the next command and the next daemon start with what the first ones compiled, kept among the caches of the account', async () => {
  const caches = cli.workspace.path('caches');
  const crisol = async (command: string) => {
    const { code, stdout } = await cli.start([command], { env: { XDG_CACHE_HOME: caches, NODE_COMPILE_CACHE: '' } })
      .ended;
    expect(code).toBe(0);
    return stdout;
  };
  await crisol('up');
  const ofCommand = keptOf('crisol-cli', caches);
  expect(ofCommand).toHaveLength(1);
  await waitFor(() => keptOf('daemon-house', caches).length > 0);
  const ofDaemon = keptOf('daemon-house', caches);
  await crisol('down');
  await crisol('up');
  expect(await crisol('status')).toContain('nothing under way');
  await crisol('down');
  expect([keptOf('crisol-cli', caches), keptOf('daemon-house', caches)]).toEqual([ofCommand, ofDaemon]);
});

it('where nothing can be kept they start all the same, and say nothing of it', async () => {
  cli.workspace.write('a-file', '');
  const env = { XDG_CACHE_HOME: cli.workspace.path('a-file'), NODE_COMPILE_CACHE: '' };
  const { code, stdout, stderr } = await cli.start(['up'], { env }).ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('nothing under way');
});
