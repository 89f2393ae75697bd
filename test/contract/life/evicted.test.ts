import { existsSync, renameSync, rmSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { isAlive } from '../../support/processes.ts';
import { waitFor } from '../../support/wait-for.ts';
import { ask, LifeHouse } from './crisol.ts';

let house: LifeHouse;
afterEach(() => house.dispose());

const YAML = `
version: 1
name: p
steps:
  long: {run: "echo $$ > pid; exec sleep 1000"}
  clean: {run: "rm -rf .crisol; echo made > first", outs: [first]}
  after: {run: "cat first > second", deps: [first], outs: [second]}
`;

it('a daemon whose folder is removed ends its work and leaves, and makes no part of that folder anew', async () => {
  house = new LifeHouse({ 'crisol.yaml': YAML });
  const info = await house.up();
  await ask(info, 'pipelines/runs', { steps: ['long'] });
  const { workspace } = house;
  await waitFor(() => workspace.has('pid') && workspace.read('pid').trim() !== '');
  const pid = Number(workspace.read('pid'));
  rmSync(workspace.path('.crisol'), { recursive: true });
  await house.gone(info.pid);
  await waitFor(() => !isAlive(pid), { what: 'the end of the step' });
  expect(existsSync(workspace.path('.crisol'))).toBe(false);
  expect((await house.crisol('status', '--json')).code).toBe(3);
  await house.up();
});

it('so does one whose step removes it, and the next run begins anew', async () => {
  house = new LifeHouse({ 'crisol.yaml': YAML });
  const info = await house.up();
  const run = await house.crisol('run', 'after');
  expect(run.err).toMatch(/its result is not kept|was removed/);
  await house.gone(info.pid);
  expect(existsSync(house.workspace.path('.crisol'))).toBe(false);
  await house.up();
});

it('and one whose workspace was moved', async () => {
  house = new LifeHouse({ 'crisol.yaml': YAML });
  const info = await house.up();
  renameSync(house.workspace.folder, `${house.workspace.folder}-2`);
  await house.gone(info.pid);
  renameSync(`${house.workspace.folder}-2`, house.workspace.folder);
});
