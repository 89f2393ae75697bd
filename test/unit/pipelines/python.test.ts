import {
  chmodSync,
  copyFileSync,
  existsSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withPython } from '../../../daemon/pipelines/python/environment.ts';
import { findPython } from '../../../daemon/pipelines/python/find.ts';
import { Interpreter } from '../../../daemon/pipelines/python/interpreter.ts';
import { PythonVersions } from '../../../daemon/pipelines/python/version.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';

let workspace: TempWorkspace;
beforeEach(() => {
  workspace = new TempWorkspace({ name: `a "folder" & more` });
});
afterEach(() => workspace.dispose());

const path = (...parts: string[]) => workspace.path(...parts);
/** What answers to `-V`. */
function python(place: string, says: string): string {
  workspace.write(`${place}.new`, `#!/bin/sh\necho asked >> "$(dirname "$0")/asked"\n${says}\n`);
  chmodSync(path(`${place}.new`), 0o755);
  renameSync(path(`${place}.new`), path(place));
  return path(place);
}

describe('the Python of a workspace', () => {
  const find = (env: NodeJS.ProcessEnv = {}) => findPython(workspace.folder, env, 'linux');

  it('is that of its virtual environment, before one that is active and what PATH has', () => {
    const env = { PATH: `/nowhere:${path('usr')}`, VIRTUAL_ENV: path('active'), CONDA_PREFIX: path('conda') };
    expect(find(env)).toBeUndefined();
    const nearer = ['usr/python3', 'usr/python', 'conda/bin/python', 'active/bin/python', '.conda/bin/python'];
    for (const place of [...nearer, 'venv/bin/python3', 'venv/bin/python', '.venv/bin/python']) {
      workspace.write(place, '');
      expect(find(env)?.path).toBe(path(place));
    }
  });

  it('on Windows has its places there', () => {
    workspace.write('.venv/Scripts/python.exe', '');
    expect(findPython(workspace.folder, {}, 'win32')?.path).toBe(join(path('.venv'), 'Scripts', 'python.exe'));
  });

  it('may be none', () => {
    expect(find({ PATH: '', VIRTUAL_ENV: '' })).toBeUndefined();
  });
});

describe('its version', () => {
  it.each([
    ['echo Python 3.12.1', 'Python 3.12.1'],
    ['echo Python 3.14.0rc2', 'Python 3.14.0rc2'],
    ['echo Python 2.7.18 >&2', 'Python 2.7.18'],
    [`printf 'Python 3.10.14 (75b3de9d, Apr 21 2024)\\n[PyPy 7.3.16 with GCC]\\n'`, 'Python 3.10.14 PyPy 7.3.16'],
    ['echo something else', null],
    ['exit 9', null],
  ])('of %s is %s', async (says, version) => {
    expect(await new PythonVersions(workspace.folder).of(python('python', says))).toBe(version);
  });

  describe('of one that pyenv put on PATH is that of the Python that it starts in the folder, which is asked itself', () => {
    const version = () => new PythonVersions(workspace.folder).of(path('pyenv/shims/python'));
    beforeEach(() => {
      python('pyenv/shims/python', 'echo Python 1.0');
      for (const one of ['3.11.7', '3.12.1', '3.13.0'])
        python(`pyenv/versions/${one}/bin/python`, `echo Python ${one}`);
      workspace.write('pyenv/version', '# for all\n3.11.7\n');
    });
    afterEach(() => vi.unstubAllEnvs());

    it.each([
      ['chosen for all folders', {}, '', 'Python 3.11.7'],
      ['chosen for this one, the first of several', { '.python-version': '3.12.1\n3.11.7\n' }, '', 'Python 3.12.1'],
      ['named by its variable', { '.python-version': '3.12.1' }, '3.13.0:3.11.7', 'Python 3.13.0'],
      ['only pyenv knows', { '.python-version': '3.12' }, '', 'Python 1.0'],
      ['that of the system', {}, 'system', 'Python 1.0'],
    ] satisfies [string, Record<string, string>, string, string][])('%s', async (_, files, variable, found) => {
      for (const [name, text] of Object.entries(files)) workspace.write(name, text);
      vi.stubEnv('PYENV_VERSION', variable);
      expect(await version()).toBe(found);
      expect(existsSync(path('pyenv/shims/asked'))).toBe(found === 'Python 1.0');
    });
  });

  it('is none where there is no program', async () => {
    expect(await new PythonVersions(workspace.folder).of(path('none'))).toBeNull();
  });

  it('K8: is asked for once, and again when the program behind its name is another, or another is chosen', async () => {
    const versions = new PythonVersions(workspace.folder);
    const base = python('base', 'echo Python 3.11.4');
    symlinkSync(base, path('python'));
    const asked = () => workspace.read('asked').split('\n').length - 1;
    expect(await Promise.all([versions.of(path('python')), versions.of(path('python'))])).toEqual([
      'Python 3.11.4',
      'Python 3.11.4',
    ]);
    expect(asked()).toBe(1);
    python('base', 'echo Python 3.11.5');
    expect([await versions.of(path('python')), asked()]).toEqual(['Python 3.11.5', 2]);
    workspace.write('.python-version', '3.13');
    await versions.of(path('python'));
    expect(asked()).toBe(3);
  });

  it('is what it said, also when nobody could look into the program after it', async () => {
    const memory = { file: path('said.json'), seal: () => 'mine' };
    const gone = python('python', 'rm "$0"; echo Python 3.12.1');
    expect(await new PythonVersions(workspace.folder, memory).of(gone)).toBe('Python 3.12.1');
    expect(existsSync(path('said.json'))).toBe(false);
  });

  it('is known to the next daemon until it is another; a stand-in is asked anew, and a file that came with a folder is not believed', async () => {
    const memory = (secret = 'mine') => ({
      file: path('said.json'),
      seal: (...words: string[]) => [secret, ...words].join(),
    });
    const next = (program: string, secret?: string) => new PythonVersions(workspace.folder, memory(secret)).of(program);
    const real = realpathSync.native(process.execPath);
    const program = path('python3.12');
    // what is no script: it says its version to -V, too, but not that of a Python
    copyFileSync(real, program);
    expect(await next(program)).toBeNull();
    expect(existsSync(memory().file)).toBe(false);

    const { ino, mtimeNs, size } = statSync(program, { bigint: true });
    const identity = [program, ino, mtimeNs, size, undefined, undefined, process.env.PYENV_VERSION].join(' ');
    const said = (secret: string) => ({
      identity,
      version: 'Python 3.12.1',
      seal: memory(secret).seal(identity, 'Python 3.12.1'),
    });
    writeFileSync(memory().file, JSON.stringify(said('mine')));
    expect(await next(program)).toBe('Python 3.12.1');
    expect(await next(program, 'of somebody else')).toBeNull();

    const standIn = python('python', 'echo Python 3.11.4');
    expect([await next(standIn), await next(standIn)]).toEqual(['Python 3.11.4', 'Python 3.11.4']);
    expect(workspace.read('asked').split('\n').length - 1).toBe(2);
  });
});

describe('the Python of the steps', () => {
  const open = (secret = 'mine') => {
    const seal = (...words: string[]) => [secret, ...words].join();
    return new Interpreter({ workspace: workspace.folder, file: path('python.json'), seal });
  };

  it('is the one that was chosen, as long as it is there, also after the daemon', async () => {
    python('.venv/bin/python', 'echo Python 3.11.4');
    const chosen = python('other/bin/python', 'echo Python 3.12.1');
    expect(await open().describe()).toEqual({
      path: path('.venv/bin/python'),
      from: 'workspace',
      version: 'Python 3.11.4',
    });
    open().choose(chosen);
    expect(await open().describe()).toEqual({ path: chosen, from: 'chosen', version: 'Python 3.12.1' });
    rmSync(chosen);
    expect(open().find()?.from).toBe('workspace');
    open().choose(null);
    expect(existsSync(path('python.json'))).toBe(false);
  });

  it('is none that came with the folder', () => {
    open('theirs').choose(python('evil', 'echo Python 6.6.6'));
    expect(open().find()?.path).not.toBe(path('evil'));
  });

  it('is a whole path', () => {
    expect(() => open().choose('bin/python')).toThrow('is no whole path');
  });

  it('is active for what a step starts', () => {
    workspace.write('.venv/pyvenv.cfg', '');
    workspace.write('conda/conda-meta/history', '');
    const env = { PATH: '/usr/bin', VIRTUAL_ENV: '/old' };
    expect(withPython(env, path('.venv/bin/python'))).toEqual({
      PATH: `${path('.venv/bin')}:/usr/bin`,
      VIRTUAL_ENV: path('.venv'),
    });
    expect(withPython(env, path('conda/bin/python'))).toEqual({
      PATH: `${path('conda/bin')}:/usr/bin`,
      CONDA_PREFIX: path('conda'),
    });
    expect(withPython(env, '/usr/bin/python3')).toEqual({ PATH: '/usr/bin:/usr/bin' });
    expect(withPython(env, undefined)).toBe(env);
  });
});
