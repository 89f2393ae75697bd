import { chmodSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { executorContract } from './contract.ts';
import { ExecutorHouse } from './house.ts';
import { openLocal } from './open-local.ts';

executorContract('local', (workspace) => openLocal(workspace));

describe('a step on this machine', () => {
  let house: ExecutorHouse;
  afterEach(async () => {
    vi.unstubAllEnvs();
    await house.dispose();
  });
  const open = (options?: Parameters<typeof openLocal>[1]) => {
    house = new ExecutorHouse((workspace) => openLocal(workspace, options));
    return house;
  };
  /** A program in the place of Python. */
  const python = (script: string) => {
    const path = house.workspace.path('venv/bin/python');
    house.workspace.write('venv/pyvenv.cfg', '');
    house.workspace.write('venv/bin/python', `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    return path;
  };
  const NOTEBOOK = { kind: 'notebook', path: 'a.ipynb', output: 'b "2".ipynb', parameters: { depth: 3 } } as const;

  it('inherits what the daemon has', async () => {
    vi.stubEnv('CRISOL_TEST_INHERITED', 'inherited');
    expect((await open().run('echo $CRISOL_TEST_INHERITED')).log).toBe('inherited\n');
  });

  it('makes files with the modes of its user, in the very workspace', async () => {
    const script = 'pwd; touch made; mkdir folder; stat -c %a made folder';
    const { log } = await open({ umask: 0o027 }).run(script);
    expect(log).toBe(`${house.workspace.folder}\n640\n750\n`);
    expect(house.workspace.has('folder')).toBe(true);
  });

  it('finds its graphics processors as NVIDIA calls them', async () => {
    expect((await open().run('echo $CUDA_VISIBLE_DEVICES', { gpus: [2, 0] })).log).toBe('2,0\n');
  });

  it('finds the Python of this machine, and knows of its environment', async () => {
    let path = '';
    open({ python: { find: () => ({ path, from: 'chosen' }), debugpy: undefined } });
    path = python('echo "this is $0"');
    expect((await house.run('python; echo "$VIRTUAL_ENV"')).log).toBe(
      `this is ${path}\n${house.workspace.path('venv')}\n`,
    );
  });

  it('may be a notebook, which its Python carries out: its parameters are no arguments, which others can read', async () => {
    let path = '';
    open({ python: { find: () => ({ path, from: 'chosen' }), debugpy: undefined } });
    path = python('echo "$1 $3 $4 $# $CRISOL_STEP_SETTINGS"');
    expect((await house.run('', { work: NOTEBOOK })).log).toBe('-c a.ipynb b "2".ipynb 4 {"depth":3}\n');
  });

  it('that is debugged finds what connects it to the debugger, before what it has itself', async () => {
    open({ python: { find: () => undefined, debugpy: '/lib/debugpy' } });
    const script =
      'echo "$CRISOL_DEBUG_PORT $CRISOL_DEBUG_LIBRARIES $PYTHONPATH"; ls "$(dirname "$PYTHONPATH")/debugging"';
    const { log } = await house.run(script, { debuggerPort: 5678, variables: { PYTHONPATH: 'own' } });
    const folder = house.workspace.path('.state', 'runs', 'debugging');
    expect(log).toBe(`5678 /lib/debugpy ${folder}:own\nsitecustomize.py\n`);
  });

  it.each([
    ['where a notebook has no Python', { work: NOTEBOOK }, undefined, /a notebook needs Python, and there is none/],
    ['where its Python is gone', { work: NOTEBOOK }, '/nowhere/at/all', /ENOENT/],
    ['with a script too long for the system', { work: script('x'.repeat(200_000)) }, undefined, /E2BIG/],
  ])('is not started %s, and says so', async (_what, more, path, reason) => {
    open({ python: { find: () => (path === undefined ? path : { path, from: 'chosen' }), debugpy: undefined } });
    const exit = await house.start('', more).exit;
    expect(exit).toMatchObject({ code: null, how: 'not-started', reason: expect.stringMatching(reason) });
    expect(exit.reason).toMatch(/^it could not be started: /);
  });
});

function script(text: string) {
  return { kind: 'script', script: text } as const;
}
