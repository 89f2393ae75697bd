import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Canonical } from '../../../../schemas/pipelines/canonical-json.ts';
import { canonicalJson } from '../../../../schemas/pipelines/canonical-json.ts';
import type { KeyParts } from '../../../../schemas/pipelines/key.ts';
import { keyText } from '../../../../schemas/pipelines/key.ts';
import { file, folder, link, parts } from './parts.ts';

const changes = (one: Partial<KeyParts>, other: Partial<KeyParts> = {}) =>
  keyText(parts(one)) !== keyText(parts(other));
const uses = (settings: Record<string, string | number>): Partial<KeyParts> => ({
  work: { kind: 'uses', uses: 'train', with: settings },
  builtIn: 1,
});
const run = (command: string): Partial<KeyParts> => ({ work: { kind: 'run', command } });

describe('another key comes of', () => {
  it('K1: another command, to the letter, or other settings of a built-in step', () => {
    expect(changes(run('python  src/train.py'))).toBe(true);
    expect(changes(run('cd src\npython train.py'), run('cd src; python train.py'))).toBe(true);
    expect(changes(uses({ l2: 1 }), uses({ l2: 100 }))).toBe(true);
    expect(changes(uses({ l2: 1 }), uses({ l2: '1' }))).toBe(true);
    expect(changes(uses({}), run('train'))).toBe(true);
  });

  it('K2: another version of the built-in step', () => {
    expect(changes({ ...uses({}), builtIn: 2 }, uses({}))).toBe(true);
  });

  it('K3: a dep more, a dep less, a dep of another name', () => {
    const [first, second] = parts().deps;
    expect(changes({ deps: first ? [first] : [] })).toBe(true);
    expect(changes({ deps: [...parts().deps, { path: 'x', digest: null }] })).toBe(true);
    const moved = { path: 'data/other.csv', digest: first?.digest ?? null };
    expect(changes({ deps: second ? [moved, second] : [] })).toBe(true);
  });

  it('K4: other content of a file or a folder, a right to execute, another target of a link', () => {
    const of = (digest: KeyParts['deps'][number]['digest']) => ({ deps: [{ path: 'x', digest }] });
    const executable = { kind: 'file', sha256: 'a'.padEnd(64, '0'), bytes: 1, executable: true } as const;
    const different = [
      null,
      file('a'),
      file('b'),
      executable,
      folder('a'),
      folder('b'),
      link('a'),
      link('b'),
      // what it leads to counts, too
      link('b', { kind: 'file', sha256: 'c'.padEnd(64, '0'), bytes: 1, executable: false }),
    ];
    const keys = different.map((digest) => keyText(parts(of(digest))));
    expect(new Set(keys).size).toBe(different.length);
  });

  it('K5: another value of a param, one more, and one less', () => {
    expect(changes({ params: { 'train.l2': 100, 'train.seed': 7 } })).toBe(true);
    expect(changes({ params: { 'train.l2': 1 } })).toBe(true);
    expect(changes({ params: { 'train.l2': 1, 'train.seed': 7, more: null } })).toBe(true);
    expect(changes({ params: { a: Number.NaN } }, { params: { a: null } })).toBe(true);
    expect(changes({ params: { a: Number.POSITIVE_INFINITY } }, { params: { a: 'Infinity' } })).toBe(true);
  });

  it('K6: an out more, less, or elsewhere', () => {
    expect(changes({ outs: [] })).toBe(true);
    expect(changes({ outs: ['build/model', 'build/metrics.json'] })).toBe(true);
    expect(changes({ outs: ['models/model'] })).toBe(true);
  });

  it('K7: another value of a variable in env, one more, and one less', () => {
    expect(changes({ env: { PYTHONHASHSEED: '1' } })).toBe(true);
    expect(changes({ env: {} })).toBe(true);
    expect(changes({ env: { PYTHONHASHSEED: '0', DEBUG: '' } })).toBe(true);
  });

  it('K8: another version of the interpreter', () => {
    expect(changes({ interpreter: 'Python 3.11.5' })).toBe(true);
    expect(changes({ interpreter: null })).toBe(true);
  });

  it('K9: a lock file that is new, gone or says something else', () => {
    expect(changes({ lockFiles: {} })).toBe(true);
    expect(changes({ lockFiles: { 'uv.lock': 'd'.repeat(64) } })).toBe(true);
    expect(changes({ lockFiles: { ...parts().lockFiles, 'requirements.txt': 'c'.repeat(64) } })).toBe(true);
  });
});

describe('the same key comes of', () => {
  it('K1: a command with and without a line break at its end', () => {
    expect(changes(run('python src/train.py\n'))).toBe(false);
  });

  it('K3, K6: deps and outs in another order, or named twice', () => {
    const [first, second] = parts().deps;
    if (!first || !second) throw new Error('two deps');
    expect(changes({ deps: [second, first, second] })).toBe(false);
    expect(changes({ outs: ['a', 'b'] }, { outs: ['b', 'a', 'b'] })).toBe(false);
  });

  it('K4: a size that was not counted alike, since the content says all', () => {
    expect(
      changes({ deps: [{ path: 'x', digest: file('a', 1) }] }, { deps: [{ path: 'x', digest: file('a', 2) }] }),
    ).toBe(false);
  });

  it('K1, K5, K7: params, settings and variables in another order', () => {
    expect(changes({ params: { 'train.seed': 7, 'train.l2': 1 } })).toBe(false);
    expect(changes(uses({ l2: 1, seed: 3 }), uses({ seed: 3, l2: 1 }))).toBe(false);
    expect(changes({ env: { A: '1', B: '2' } }, { env: { B: '2', A: '1' } })).toBe(false);
  });
});

describe('canonical JSON', () => {
  it('is one text for one meaning, whatever the order of keys', () => {
    const shuffled = (value: unknown): unknown => {
      if (value === null || typeof value !== 'object') return value;
      if (Array.isArray(value)) return value.map(shuffled);
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, one]) => [key, shuffled(one)]),
      );
    };
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value as Canonical);
        expect(canonicalJson(shuffled(value) as Canonical)).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('tells apart what is not the same', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        const same = canonicalJson(one as Canonical) === canonicalJson(other as Canonical);
        let isEqual = true;
        try {
          expect(JSON.parse(JSON.stringify(one))).toEqual(JSON.parse(JSON.stringify(other)));
        } catch {
          isEqual = false;
        }
        expect(same).toBe(isEqual);
      }),
    );
  });
});
