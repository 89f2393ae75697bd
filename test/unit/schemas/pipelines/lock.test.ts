import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LockEntry } from '../../../../schemas/pipelines/lock/entry.ts';
import { readLock } from '../../../../schemas/pipelines/lock/read.ts';
import { file, folder, link } from './parts.ts';

const entry = (changes: Partial<LockEntry> = {}): LockEntry => ({
  key: 'a'.repeat(64),
  work: '9f86d081884c',
  env: '',
  builtIn: null,
  interpreter: 'Python 3.11.4',
  lockFiles: { 'uv.lock': 'b'.repeat(64) },
  deps: [{ path: 'src/train.py', digest: file('c', 120) }],
  params: { 'train.l2': 1 },
  outs: ['build/model'],
  written: [{ path: 'build/model', digest: folder('d') }],
  metrics: { f1: 0.61 },
  ...changes,
});
const empty = readLock('');
const printed = (entries: Record<string, LockEntry>) => empty.printed(new Map(Object.entries(entries)));

it('C8: says of each step what it was run with, one thing a line, in an order of its own', () => {
  expect(printed({ train: entry(), 'train (3, gbdt)': entry({ interpreter: null, lockFiles: {}, metrics: {} }) })).toBe(
    `# What each step was last run with. Written by \`crisol run\`; commit it with the code.
version: 1
steps:

  train:
    key: ${'a'.repeat(64)}
    work: 9f86d081884c
    interpreter: Python 3.11.4
    lock_files:
      uv.lock: ${'b'.repeat(64)}
    deps:
      src/train.py: {file: ${'c'.padEnd(64, '0')}, bytes: 120}
    params:
      train.l2: 1
    outs:
      build/model: {folder: ${'d'.padEnd(64, 'f')}, files: 3, bytes: 2048}
    metrics:
      f1: 0.61

  "train (3, gbdt)":
    key: ${'a'.repeat(64)}
    work: 9f86d081884c
    deps:
      src/train.py: {file: ${'c'.padEnd(64, '0')}, bytes: 120}
    params:
      train.l2: 1
    outs:
      build/model: {folder: ${'d'.padEnd(64, 'f')}, files: 3, bytes: 2048}
`,
  );
});

describe('what was written', () => {
  it('is read again, whatever the names and values', () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1 });
    const hex = (length: number) =>
      fc
        .array(fc.constantFrom(...'0123456789abcdef'), { minLength: length, maxLength: length })
        .map((all) => all.join(''));
    const digest = fc.oneof(
      fc.record({ kind: fc.constant('file' as const), sha256: hex(64), bytes: fc.nat(), executable: fc.boolean() }),
      fc.record(
        { kind: fc.constant('folder' as const), sha256: hex(64), bytes: fc.nat(), files: fc.nat(), behind: hex(64) },
        { requiredKeys: ['kind', 'sha256', 'bytes', 'files'] },
      ),
      fc.constant(null),
      fc.constant(link('../elsewhere', { kind: 'file', sha256: 'e'.repeat(64), bytes: 1, executable: true })),
    );
    const deps = fc
      .uniqueArray(fc.record({ path: name, digest }), { selector: ({ path }) => path, maxLength: 4 })
      .map((all) => all.toSorted((one, other) => (one.path < other.path ? -1 : 1)));
    const number = fc.double({ noDefaultInfinity: false }).map((value) => value + 0);
    const value = fc.oneof(
      number,
      fc.string({ unit: 'binary' }),
      fc.boolean(),
      fc.constant(null),
      fc.array(fc.string()),
    );
    const entries = fc.record({
      key: hex(64),
      work: hex(12),
      env: fc.oneof(hex(12), fc.constant('')),
      builtIn: fc.oneof(fc.nat(), fc.constant(null)),
      interpreter: fc.constantFrom('Python 3.12.1', 'Python 3.10.14 PyPy 7.3.16', null),
      lockFiles: fc.dictionary(name, hex(64), { noNullPrototype: true }),
      deps,
      params: fc.dictionary(name, value, { noNullPrototype: true }),
      written: deps,
      metrics: fc.dictionary(name, number, { noNullPrototype: true }),
    });
    fc.assert(
      fc.property(fc.dictionary(name, entries, { maxKeys: 3 }), (all) => {
        const steps = Object.entries(all).map(([step, one]): [string, LockEntry] => {
          return [step, { ...one, outs: one.written.map(({ path }) => path) }];
        });
        const lock = readLock(empty.printed(new Map(steps)));
        expect(lock.problem).toBeNull();
        expect(lock.damaged()).toEqual([]);
        for (const [step, one] of steps) expect(lock.find(step)).toEqual([one]);
      }),
    );
  });

  it('stays to the letter where nothing is new', () => {
    const text = `${printed({ a: entry(), b: entry() })}\nx-own: kept\n`.replace('version: 1', '# a note\nversion: 1');
    expect(readLock(text).printed(new Map([['a', entry()]]))).toBe(text);
    const other = readLock(text).printed(new Map([['b', entry({ work: '000000000000' })]]));
    expect(other.split('\n').filter((line, at) => line !== text.split('\n')[at])).toEqual(['    work: "000000000000"']);
  });

  it('forgets steps that there are no longer', () => {
    const text = printed({ a: entry(), b: entry() });
    expect(readLock(text).printed(new Map(), (name) => name !== 'a')).toBe(printed({ b: entry() }));
  });

  it('is the same with the line ends of Windows', () => {
    const text = printed({ a: entry() }).replaceAll('\n', '\r\n');
    expect(readLock(text).find('a')).toEqual([entry()]);
  });
});

describe('a file that is not as it was written', () => {
  const ours = printed({ a: entry(), b: entry({ work: '111111111111' }) });
  const conflict = ours.replace(
    '    work: "111111111111"',
    '<<<<<<< HEAD\n    work: "111111111111"\n||||||| base\n    work: "333333333333"\n=======\n    work: "222222222222"\n>>>>>>> other',
  );

  it('C8: in a git conflict is read on both sides, told with its line, and not written', () => {
    const lock = readLock(conflict);
    expect(lock.problem).toMatch(/^crisol\.lock holds both sides of a git merge \(line 22\): keep one/);
    expect(lock.find('a')).toEqual([entry(), entry()]);
    expect(lock.find('b').map(({ work }) => work)).toEqual(['111111111111', '222222222222']);
    expect(lock.printed(new Map([['a', entry({ work: '999999999999' })]]))).toBe(conflict);
  });

  it.each([
    ['of another tool', '{"lockfileVersion": 3}', /not as Crisol writes it: move it away/],
    ['without steps', 'version: 1\n', /not as Crisol writes it/],
    ['of a newer Crisol', 'version: 2\nsteps:\n', /written by a newer Crisol/],
  ])('C8: %s is left as it is, in words', (_, text, words) => {
    const lock = readLock(text);
    expect(lock.problem).toMatch(words);
    expect(lock.printed(new Map([['a', entry()]]))).toBe(text);
    expect(lock.find('a')).toEqual([]);
  });

  it('C8: where one step cannot be read, the others are, and it is written anew once it has run', () => {
    const text = ours.replace(`  a:\n    key: ${'a'.repeat(64)}`, '  a:\n    key: by hand');
    const lock = readLock(text);
    expect([lock.problem, lock.damaged(), lock.find('a')]).toEqual([null, ['a'], []]);
    expect(lock.find('b')).toHaveLength(1);
    expect(lock.printed(new Map([['b', entry()]]))).toContain('key: by hand');
    expect(lock.printed(new Map([['a', entry()]]))).toBe(ours);
  });

  it('any text whatever is read without an error, and never lost', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('a', ':', ' ', '\n', '  ', 'steps:\n', 'version: 1\n', '{', '<<<<<<< ', '- '),
        }),
        (text) => {
          const lock = readLock(text);
          const again = lock.printed(new Map());
          if (lock.problem !== null) expect(again).toBe(text);
        },
      ),
    );
  });
});
