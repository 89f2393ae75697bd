import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { reproduceText } from '../../../extension/panels/reproduce.ts';
import type { RunSource } from '../../../schemas/wire/run-source.ts';

const run = { run_id: 'a1b2', name: 'brave otter' };
const nothing: RunSource = { user: '', entry: null, git: null, programs: [], machine: null };

function git(folder: string, ...words: string[]): string {
  const options = ['-c', 'user.name=ana', '-c', 'user.email=ana@example.org', '-C', folder];
  return execFileSync('git', [...options, ...words], { encoding: 'utf8' });
}

describe('how to run it again', () => {
  test('gives the code as it was, in a folder of its own, and the command there', () => {
    const root = realpathSync(mkdtempSync(join(tmpdir(), 'crisol-reproduce-')));
    try {
      const repository = join(root, "it's a project");
      mkdirSync(join(repository, 'sub'), { recursive: true });
      git(root, 'init', '-q', repository);
      writeFileSync(join(repository, 'sub', 'train.sh'), 'echo one END $1\n');
      git(repository, 'add', '.');
      git(repository, 'commit', '-qm', 'first');
      writeFileSync(join(repository, 'sub', 'train.sh'), 'echo two "$1" > out.txt\n# END\n');
      const diff = git(repository, 'diff', '--binary');
      const commit = git(repository, 'rev-parse', 'HEAD').trim();
      git(repository, 'checkout', '-q', '.');
      const text = reproduceText(run, {
        ...nothing,
        git: { commit, branch: 'main\nrm -rf x', dirty: true, diff, diff_complete: true, untracked: [] },
        programs: [
          {
            command: ['sh', 'train.sh', "it's $HOME; `id`"],
            cwd: join(repository, 'sub'),
            interpreter: '/bin/sh',
            language: null,
            packages: null,
          },
        ],
      });
      execFileSync('sh', ['-c', text], { cwd: root, stdio: 'pipe' });
      const copy = join(root, "it's a project-brave-otter", 'sub');
      expect(readFileSync(join(copy, 'out.txt'), 'utf8')).toBe("two it's $HOME; `id`\n");
      expect(git(repository, 'status', '--porcelain')).toBe('');
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });

  test('does nothing in the folder where one is, when the repository is elsewhere', () => {
    const root = realpathSync(mkdtempSync(join(tmpdir(), 'crisol-reproduce-')));
    try {
      const text = reproduceText(run, {
        ...nothing,
        git: { commit: 'a1b2c3d', branch: null, dirty: true, diff: '', diff_complete: true, untracked: [] },
        programs: [
          {
            command: ['touch', 'out.txt'],
            cwd: join(root, 'gone'),
            interpreter: '/bin/sh',
            language: null,
            packages: [{ name: 'numpy', version: '2.3.4' }],
          },
        ],
      });
      expect(() => execFileSync('sh', ['-c', text], { cwd: root, stdio: 'pipe' })).toThrow();
      expect(readdirSync(root)).toEqual([]);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });

  test('names the files that git did not know and nobody kept', () => {
    const diff = 'diff --git a/sub/new.py b/sub/new.py\nnew file mode 100644\n';
    const untracked = ['new.py', 'weights.bin\nrm -rf x'];
    const git = { commit: 'a1b2c3d', branch: null, dirty: true, diff, diff_complete: false, untracked };
    const text = reproduceText(run, { ...nothing, git });
    expect(text).toContain('not among what was kept:\n#   weights.bin\n# rm -rf x\n');
    expect(text).not.toContain('#   new.py');
  });

  test('lists the packages for the interpreter that it was, and says what stands for a secret', () => {
    const program = {
      command: ['/v/bin/python', 'train.py', '--token', '***'],
      cwd: '/p',
      interpreter: '/v/bin/python3.12',
      language: 'Python 3.12',
      packages: [{ name: 'numpy', version: '2.3.4' }],
    };
    const text = reproduceText(run, { ...nothing, programs: [program] });
    expect(text).toContain('python3.12 -m venv');
    expect(text).toContain("pip install -r /dev/stdin <<'END'\nnumpy==2.3.4\nEND\n");
    expect(text).toContain("# *** stands for what looked like a secret\npython train.py --token '***'\n");
  });

  test('says what is not known', () => {
    const text = reproduceText({ run_id: 'r', name: 'x\nrm -rf /' }, nothing);
    expect(text).toContain('It is not known which code ran.');
    const commands = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    expect(commands).toEqual(['cd .']);
  });
});
