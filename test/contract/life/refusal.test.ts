import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { crisolWith, LifeHouse } from './crisol.ts';

let house: LifeHouse;
afterEach(() => house.dispose());
const open = (files: Record<string, string>) => {
  house = new LifeHouse(files);
};

describe('a state folder that is not ours to use is refused, with what to do, and stays to the byte:', () => {
  const digest = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
  function contents(path: string): unknown {
    if (!statSync(path).isDirectory()) return digest(path);
    return Object.fromEntries(
      readdirSync(path)
        .sort()
        .map((name) => [name, contents(join(path, name))]),
    );
  }
  const marker = '{"product":"crisol","layout":1}';

  it.each<[string, Record<string, string>, string]>([
    ["somebody else's folder", { '.crisol/notes.txt': 'mine' }, 'STORE_FOREIGN'],
    ['a file of that name', { '.crisol': 'mine' }, 'STORE_FOREIGN'],
    ['the marker of another product', { '.crisol/crisol.json': '{"product":"crucible","layout":1}' }, 'STORE_FOREIGN'],
    ['a damaged marker', { '.crisol/crisol.json': '{"prod' }, 'STORE_CORRUPT'],
    ['a newer layout', { '.crisol/crisol.json': '{"product":"crisol","layout":9}' }, 'STORE_NEWER'],
  ])('%s', async (_what, files, code) => {
    open(files);
    const before = contents(house.workspace.path('.crisol'));
    const { code: exit, err, out } = await house.crisol('up', '--json');
    expect(exit).not.toBe(0);
    expect(err).toMatch(new RegExp(`^${code}: .+\\n.+`));
    expect(JSON.parse(out)).toMatchObject({ error_code: code, hint: expect.any(String) });
    expect(contents(house.workspace.path('.crisol'))).toEqual(before);
  });

  it.each(['store.db', 'predictions.db'])('a damaged %s', async (name) => {
    open({ '.crisol/crisol.json': marker, [`.crisol/${name}`]: 'no database '.repeat(500) });
    const before = contents(house.workspace.path('.crisol', name));
    const { code, err } = await house.crisol('up');
    expect(code).not.toBe(0);
    expect(err).toMatch(/^STORE_CORRUPT: .+\n.*backups/);
    expect(contents(house.workspace.path('.crisol', name))).toEqual(before);
    expect(house.hasInfo()).toBe(false);
  });
});

it('a program that breaks as it starts is quoted', async () => {
  open({});
  const breaking = '--import=data:text/javascript,if(process.channel)broken()';
  const { code, err } = await crisolWith({ NODE_OPTIONS: breaking }, house.workspace.folder, 'up');
  expect(code).toBe(3);
  expect(err).toMatch(
    /^DAEMON_START_FAILED: The daemon ended while starting .1.: ReferenceError: broken is not defined/,
  );
});
