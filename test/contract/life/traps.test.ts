import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { LifeHouse } from './crisol.ts';

let house: LifeHouse;
afterEach(() => house.dispose());
const open = (files: Record<string, string> = {}) => {
  house = new LifeHouse(files);
};

const MARKER = '{"product":"crisol","layout":1}';

describe.runIf(process.platform !== 'win32')('a .crisol that came with a repository', () => {
  it('has the log appended to no file of the user', async () => {
    open({ '.crisol/crisol.json': MARKER, 'of-the-user': 'mine' });
    mkdirSync(house.workspace.path('.crisol', 'logs'));
    symlinkSync(house.workspace.path('of-the-user'), house.workspace.path('.crisol', 'logs', 'daemon.log'));
    const { code, err } = await house.crisol('up');
    expect(code).not.toBe(0);
    expect(err).toMatch(/^STORE_FOREIGN: .*daemon.log is a link.*\n.+/);
    expect(house.workspace.read('of-the-user')).toBe('mine');
  });

  it.each(['asked', 'time', 'index.partial', 'lists'])(
    'has no file of the user written by the name of cache/%s',
    async (name) => {
      const crisolYaml = 'version: 1\nname: p\nsteps:\n  a: {run: cp -r in out, deps: in, outs: out}\n';
      open({ '.crisol/crisol.json': MARKER, 'of-the-user': 'mine', 'crisol.yaml': crisolYaml, 'in/one': '1' });
      mkdirSync(house.workspace.path('.crisol', 'cache'));
      symlinkSync(house.workspace.path('of-the-user'), house.workspace.path('.crisol', 'cache', name));
      const { code, err } = await house.crisol('run');
      await house.crisol('down');
      expect(house.workspace.read('of-the-user')).toBe('mine');
      expect(code).not.toBe(0);
      expect(err).toMatch(/^STORE_FOREIGN: .* is a link.*\n.+/);
    },
  );

  it.each(['daemon.json', 'address.json', 'cache/asked'])(
    'holds up no command with a pipe for %s',
    async (name) => {
      open({ '.crisol/crisol.json': MARKER });
      mkdirSync(house.workspace.path('.crisol', 'cache'));
      execFileSync('mkfifo', [house.workspace.path('.crisol', name)]);
      expect((await house.crisol('status')).code).not.toBeNull();
      const { code, err } = await house.crisol('up');
      expect(code).not.toBe(0);
      expect(err).toMatch(/^STORE_FOREIGN: /);
    },
    15_000,
  );
});
