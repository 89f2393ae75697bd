import { describe, expect, it } from 'vitest';
import type { FolderChanges } from '../../../../schemas/pipelines/dep-changes.ts';
import type { KeyParts } from '../../../../schemas/pipelines/key.ts';
import { changesSince, whatChanged } from '../../../../schemas/pipelines/why.ts';
import { file, folder, link, parts } from './parts.ts';

const words = (now: Partial<KeyParts>, before: Partial<KeyParts> = {}, folders?: FolderChanges) =>
  whatChanged(parts(before), parts(now), folders).map((change) => change.words);
const run = (command: string): Partial<KeyParts> => ({ work: { kind: 'run', command } });
const uses = (settings: Record<string, string | number>): Partial<KeyParts> => ({
  work: { kind: 'uses', uses: 'train', with: settings },
  builtIn: 1,
});
const dep = (digest: KeyParts['deps'][number]['digest'], path = 'data/matches.csv') => ({ deps: [{ path, digest }] });

it('nothing is said where nothing changed', () => {
  expect(words({})).toEqual([]);
  expect(words(run('python src/train.py\n'))).toEqual([]);
});

describe('what changed', () => {
  it('K1: the command, of a script its first line that is another', () => {
    expect(words(run('python src/fit.py'))).toEqual(['the command: python src/train.py → python src/fit.py']);
    expect(words(run('cd src\npython b.py'), run('cd src\npython a.py'))).toEqual([
      'line 2 of the command: python a.py → python b.py',
    ]);
    expect(words(run('cd src\npython b.py'), run('cd src'))).toEqual(['line 2 of the command is new: python b.py']);
    const long = (end: string) => `python src/train.py --with-a-very-long-option=1 --and-another-one=2 --lr ${end}`;
    expect(words(run(long('0.2')), run(long('0.1')))).toEqual([
      'the command: …nother-one=2 --lr 0.1 → …nother-one=2 --lr 0.2',
    ]);
  });

  it('K1: settings of a built-in step, one by one', () => {
    expect(words(uses({ l2: 100, algorithm: 'gbdt' }), uses({ l2: 1, epochs: 3 }))).toEqual([
      'with.algorithm is new: "gbdt"',
      'with.epochs is gone (it was 3)',
      'with.l2: 1 → 100',
    ]);
    expect(words(uses({}))).toContain('the work of the step: a command → the built-in step train');
  });

  it('K2: the version of the built-in step', () => {
    expect(words({ ...uses({}), builtIn: 2 }, uses({}))).toEqual(['the version of the built-in step: 1 → 2']);
  });

  it('K3: which deps there are', () => {
    const [first] = parts().deps;
    expect(words({ deps: first ? [first] : [] })).toEqual(['src is a dep no longer']);
    expect(words({}, { deps: first ? [first] : [] })).toEqual(['src is a new dep']);
  });

  it('K4: a file, with its sizes where they tell', () => {
    expect(words(dep(file('b', 1_363_149)), dep(file('a', 1_258_291)))).toEqual([
      'data/matches.csv: changed (1.2 MB → 1.3 MB)',
    ]);
    expect(words(dep(file('b', 10)), dep(file('a', 10)))).toEqual(['data/matches.csv: changed (10 bytes)']);
    expect(words(dep(null), dep(file('a')))).toEqual(['data/matches.csv: it is gone']);
    expect(words(dep(file('a')), dep(null))).toEqual(['data/matches.csv: it is there now']);
    expect(words(dep(folder('a')), dep(file('a')))).toEqual(['data/matches.csv: a file → a folder']);
    expect(words(dep(link('b')), dep(link('a')))).toEqual(['data/matches.csv: a link to a → to b']);
    expect(words(dep({ ...link('a'), to: file('b', 3) }), dep({ ...link('a'), to: file('a', 2) }))).toEqual([
      'data/matches.csv: what it leads to: changed (2 bytes → 3 bytes)',
    ]);
    expect(words(dep({ ...folder('a'), behind: 'b' }), dep({ ...folder('a'), behind: 'a' }))).toEqual([
      'data/matches.csv: what its links lead to changed',
    ]);
    expect(
      words(dep({ kind: 'file', sha256: 'a'.padEnd(64, '0'), bytes: 1, executable: true }), dep(file('a'))),
    ).toEqual(['data/matches.csv: it may be executed now']);
  });

  it('K4: a folder, file by file as far as they are known', () => {
    const [before, now] = [dep(folder('a', 3), 'src'), dep(folder('b', 4), 'src')];
    expect(words(now, before)).toEqual(['src: changed (3 files, 2.0 KB → 4 files, 2.0 KB)']);
    const change = (path: string, change: 'added' | 'modified') => ({ path, change, bytesBefore: 1, bytesNow: 1 });
    const changes = [change('a.py', 'modified'), change('b.py', 'modified'), change('c.py', 'added')];
    const within = { changes, modified: 2, added: 1, removed: 0 };
    expect(words(now, before, new Map([['src', within]]))).toEqual([
      'src/: 2 files changed, 1 added: a.py, b.py, c.py',
    ]);
    expect(words(now, before, new Map([['src', { ...within, modified: 1, removed: 997 }]]))).toEqual([
      'src/: 1 file changed, 1 added, 997 removed: a.py, b.py, c.py, …',
    ]);
  });

  it('K5: params by their dotted names, also those that are gone', () => {
    expect(words({ params: { 'train.l2': 100, 'train.seed': 7 } })).toEqual(['params.train.l2: 1 → 100']);
    expect(words({ params: { 'train.l2': 1 } })).toEqual(['params.train.seed is gone (it was 7)']);
    expect(
      words({ params: { train: { l2: 1, names: ['a', 'b'] } } }, { params: { train: { l2: 1, names: ['a'] } } }),
    ).toEqual(['params.train.names: ["a"] → ["a","b"]']);
    expect(words({ params: { train: { seed: 7 } } }, { params: { 'train.seed': 7 } })).toEqual([
      'the params that are named: train.seed → train',
    ]);
    expect(words({ params: { l2: '1' } }, { params: { l2: 1 } })).toEqual(['params.l2: 1 → "1"']);
  });

  it('K6: which outs there are', () => {
    expect(words({ outs: ['build/model', 'm.json'] })).toEqual(['m.json is a new out']);
    expect(words({ outs: [] })).toEqual(['build/model is an out no longer']);
  });

  it('K7: variables of env', () => {
    expect(words({ env: { PYTHONHASHSEED: '1' } })).toEqual(['env.PYTHONHASHSEED: "0" → "1"']);
    expect(words({ env: {} })).toEqual(['env.PYTHONHASHSEED is gone (it was "0")']);
  });

  it('K8: the interpreter', () => {
    expect(words({ interpreter: 'Python 3.12.1' })).toEqual(['the interpreter: Python 3.11.4 → 3.12.1']);
    expect(words({ interpreter: null })).toEqual(['the interpreter: Python 3.11.4 → none']);
  });

  it('K9: lock files', () => {
    expect(words({ lockFiles: { 'uv.lock': 'x', 'pixi.lock': 'y' } })).toEqual(['pixi.lock is new', 'uv.lock changed']);
    expect(words({ lockFiles: {} })).toEqual(['uv.lock is gone']);
  });

  it('is told the nearest cause first: work, code, data, params, outs, variables, interpreter, lock files', () => {
    const rules = whatChanged(
      parts(),
      parts({
        ...run('python b.py'),
        deps: [
          { path: 'data/matches.csv', digest: file('z') },
          { path: 'src/a.py', digest: null },
        ],
        params: {},
        outs: [],
        env: {},
        interpreter: null,
        lockFiles: {},
      }),
    ).map(({ rule, what }) => `${rule} ${what}`);
    expect(rules).toEqual([
      'K1 the command',
      'K3 src/a.py',
      'K3 src',
      'K4 data/matches.csv',
      'K5 params.train.l2',
      'K5 params.train.seed',
      'K6 build/model',
      'K7 env.PYTHONHASHSEED',
      'K8 the interpreter',
      'K9 uv.lock',
    ]);
  });
});

describe('secrets', () => {
  const token = `\u0001env:HUB_TOKEN\u0001`;

  it('K7: of the environment are told by their names', () => {
    expect(words({ env: { TOKEN: token } }, { env: {} })).toEqual([`env.TOKEN is new: "\${{ env.HUB_TOKEN }}"`]);
    expect(words(run(`curl -H ${token} a`), run('curl a'))).toEqual([
      `the command: curl a → curl -H \${{ env.HUB_TOKEN }} a`,
    ]);
  });

  it('K1, K5, K7: that stand in the file are never repeated', () => {
    const secret = 'ghp_0123456789abcdefghijklmnopqrstuvwxyzAB';
    const all = [
      ...words(run(`curl -u ${secret}`)),
      ...words({ params: { key: secret } }),
      ...words({ env: { API_TOKEN: '9f86d081884c7d659a2f' } }, { env: { API_TOKEN: 'e3b0c44298fc1c149afb' } }),
      ...words({ env: {} }, { env: { API_TOKEN: 'e3b0c44298fc1c149afb' } }),
    ];
    expect(all.join('\n')).not.toMatch(/ghp_|9f86|e3b0/);
    expect(all).toContain('env.API_TOKEN changed');
  });
});

it('of work and variables that crisol.lock only knows to be others, no more is said than that', () => {
  const changes = changesSince(parts({ params: {} }), parts(), { work: true, env: true });
  expect(changes.map((change) => change.words)).toEqual([
    'the command changed',
    'params.train.l2 is new: 1',
    'params.train.seed is new: 7',
    'env changed',
  ]);
});
