import { execFile } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packedProgram } from '../../support/programs.ts';
import { AWKWARD_NAME, TempWorkspace } from '../../support/temp-workspace.ts';

const PAGE = join(import.meta.dirname, '..', '..', '..', 'docs', 'other-editors.md');
const [, HOOK = ''] = /^```sh\n(#!\/bin\/sh\n[\s\S]*?)^```/m.exec(readFileSync(PAGE, 'utf8')) ?? [];
const RIGHT = 'version: 1\nsteps:\n  a: {run: x}\n';

const place = new TempWorkspace({ name: AWKWARD_NAME });
const programs = new TempWorkspace();
afterAll(() => {
  place.dispose();
  programs.dispose();
});

async function git(...args: string[]): Promise<{ code: number; said: string }> {
  const env = {
    ...process.env,
    PATH: `${programs.folder}${delimiter}${process.env.PATH}`,
    GIT_CONFIG_GLOBAL: '/dev/null',
  };
  const who = ['-c', 'user.name=a', '-c', 'user.email=a@example.org'];
  return promisify(execFile)('git', [...who, ...args], { cwd: place.folder, env }).then(
    ({ stdout, stderr }) => ({ code: 0, said: stdout + stderr }),
    ({ code, stdout, stderr }) => ({ code, said: stdout + stderr }),
  );
}

const commit = async () => {
  await git('add', '.');
  return git('commit', '--quiet', '--message', 'a change');
};

beforeAll(async () => {
  programs.write('crisol', `#!/bin/sh\nexec '${process.execPath}' '${packedProgram('crisol')}' "$@"\n`);
  chmodSync(programs.path('crisol'), 0o755);
  await git('init', '--quiet');
  place.write('.git/hooks/pre-commit', HOOK);
  chmodSync(place.path('.git', 'hooks', 'pre-commit'), 0o755);
});

test('the hook of the docs lets no mistake be committed, in whichever folder, and nothing else be stopped', async () => {
  place.write('notes.txt', 'rnu');
  expect(await commit()).toEqual({ code: 0, said: '' });
  place.write('a b/crisol.yaml', RIGHT.replace('run', 'rnu'));
  place.write('c.crisol.yaml', RIGHT.replace('run', 'runs'));
  const refused = await commit();
  expect(refused.code).toBe(1);
  expect(refused.said).toContain('a b/crisol.yaml:3:7: error CRISOL112');
  expect(refused.said).toContain('c.crisol.yaml:3:7: error CRISOL112');
  place.write('a b/crisol.yaml', RIGHT);
  place.write('c.crisol.yaml', RIGHT);
  expect((await commit()).code).toBe(0);
});
