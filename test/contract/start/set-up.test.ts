import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ROOT } from '../../../tools/lib/root.ts';
import { AWKWARD_NAME, TempWorkspace } from '../../support/temp-workspace.ts';
import { waitFor } from '../../support/wait-for.ts';
import { Tool } from './program.ts';

/** Stands where npm is: notes that it was asked to install, waits until it may, and brings a Node. */
const NPM = `
import { appendFileSync, existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
appendFileSync('installs', process.argv.slice(2, 3) + '\\n');
while (!existsSync('go')) await new Promise((resolve) => setTimeout(resolve, 10));
if (existsSync('offline')) process.exit(1);
const os = process.platform === 'win32' ? 'win' : process.platform;
const bin = 'node_modules/node-' + os + '-' + process.arch + '/bin';
rmSync('node_modules', { recursive: true, force: true });
for (const folder of [bin, 'node_modules/.bin']) mkdirSync(folder, { recursive: true });
symlinkSync(process.execPath, bin + '/' + (os === 'win' ? 'node.exe' : 'node'));
`;

let checkout: TempWorkspace;
beforeEach(() => {
  const files = {
    'npm.mjs': NPM,
    'package-lock.json': '{}',
    '.npmrc': '',
    'tools/work.ts': 'const words: string[] = process.argv.slice(2);\nconsole.log("worked", words.join());\n',
  };
  checkout = new TempWorkspace({ name: AWKWARD_NAME, files });
  for (const file of ['bootstrap.mjs', 'lib/progress.mjs'])
    cpSync(join(ROOT, 'tools', file), checkout.path('tools', file));
});
afterEach(() => checkout.dispose());

function setUp(...words: string[]): Tool {
  return new Tool(checkout.path('tools', 'bootstrap.mjs'), ['work', ...words], {
    npm_execpath: checkout.path('npm.mjs'),
    npm_node_execpath: process.execPath,
  });
}

const allow = () => checkout.write('go', '');

describe('the set-up', () => {
  test('installs once, says so, and not again until the packages change', async () => {
    allow();
    const first = setUp('a', 'b c');
    expect(await first.ended).toBe(0);
    expect(first.output).toMatch(/being set up.*\n✓ Installing packages \([\d.]+ s\)\nworked a,b c\n$/);
    const second = setUp();
    expect([await second.ended, second.output]).toEqual([0, 'worked \n']);
    checkout.write('package-lock.json', '{"changed": true}');
    expect(await setUp().ended).toBe(0);
    expect(checkout.read('installs')).toBe('ci\nci\n');
  });

  test('is done by one of two that begin at the same moment; the other says what it waits for', async () => {
    const one = setUp('one');
    await waitFor(() => checkout.has('installs'));
    const other = setUp('other');
    await other.said('is being set up by another process');
    allow();
    expect(await Promise.all([one.ended, other.ended])).toEqual([0, 0]);
    expect([one.output, other.output]).toEqual([
      expect.stringContaining('worked one'),
      expect.stringContaining('worked other'),
    ]);
    expect(checkout.read('installs')).toBe('ci\n');
    expect(existsSync(checkout.path('.cache', 'setup.lock'))).toBe(false);
  });

  test('says what it needs when npm fails, ends with 1, and is tried again the next time', async () => {
    allow();
    checkout.write('offline', '');
    const failed = setUp();
    expect(await failed.ended).toBe(1);
    expect(failed.output).toContain('✗ Installing packages');
    expect(failed.output).toContain('needs the network');
    expect(failed.output).not.toContain('    at ');
    expect(failed.output).not.toContain('worked');
  });

  test('that is interrupted says nothing of the network', async () => {
    const interrupted = setUp();
    await waitFor(() => checkout.has('installs'));
    interrupted.kill('SIGINT');
    expect(await interrupted.ended).toBe(130);
    expect(interrupted.output).not.toContain('network');
  });
});
