import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Type } from 'typebox';
import { afterAll, describe, expect, test } from 'vitest';
import { ColumnDrift } from '../../../schemas/wire/monitoring.ts';
import { AWKWARD_NAME, TempWorkspace } from '../../support/temp-workspace.ts';
import { Cli } from './cli.ts';

const Answer = Type.Object({
  columns: Type.Array(ColumnDrift),
  share: Type.Number(),
  state: Type.Union([Type.Literal('ok'), Type.Literal('drift'), Type.Literal('unknown')]),
});

const cli = new Cli(new TempWorkspace({ name: AWKWARD_NAME }));
afterAll(() => cli.dispose());

interface Vector<Input> {
  name: string;
  input: Input;
  expected: { statistic: number; pvalue: number };
}

function vectors<Input>(file: string): Vector<Input>[] {
  const path = fileURLToPath(new URL(`../../fixtures/vectors/${file}.json`, import.meta.url));
  return JSON.parse(readFileSync(path, 'utf8')).cases;
}

function writeColumn(path: string, values: unknown[]): void {
  cli.workspace.write(path, `value\n${values.join('\n')}\n`);
}

const relative = (a: number | null, b: number) =>
  Math.abs((a ?? Number.NaN) - b) / Math.max(Math.abs(b), Number.MIN_VALUE);

describe('crisol drift on files written from the vectors', () => {
  const ks = vectors<{ a: number[]; b: number[] }>('two-sample-ks');
  test.for(['tiny_unequal', 'disjoint_30', 'disjoint_coprime', 'mid_a', 'mid_b'])(
    "KS of %s is scipy's",
    async (name) => {
      const found = ks.find((vector) => vector.name === `ks/${name}/auto/two-sided`);
      if (!found) throw new Error('no such vector');
      writeColumn('before.csv', found.input.a);
      writeColumn('now.csv', found.input.b);
      const { columns } = await cli.json(Answer, 'drift', 'before.csv', 'now.csv');
      const [column] = columns;
      expect(column).toMatchObject({ name: 'value', kind: 'number', test: 'ks' });
      expect(relative(column?.statistic ?? null, found.expected.statistic)).toBeLessThan(1e-9);
      expect(relative(column?.p_value ?? null, found.expected.pvalue)).toBeLessThan(1e-7);
    },
  );

  // against equal counts: any reference with as many rows of each category says that
  const chi = vectors<{ observed: number[]; expected: number[] | null }>('chi-square');
  test.for(['uniform_2', 'uniform_3', 'uniform_5'])("chi-square of %s is scipy's", async (name) => {
    const found = chi.find((vector) => vector.name === `gof/${name}`);
    if (!found) throw new Error('no such vector');
    const rows = (counts: number[]) => counts.flatMap((count, at) => Array(count).fill(`kind ${at}`));
    writeColumn('before.csv', rows(found.input.observed.map(() => 20)));
    writeColumn('now.csv', rows(found.input.observed));
    const [column] = (await cli.json(Answer, 'drift', 'before.csv', 'now.csv')).columns;
    expect(column).toMatchObject({ kind: 'category', test: 'chi_square' });
    expect(relative(column?.statistic ?? null, found.expected.statistic)).toBeLessThan(1e-9);
    expect(relative(column?.p_value ?? null, found.expected.pvalue)).toBeLessThan(1e-9);
  });
});

describe('crisol drift', () => {
  const BEFORE = Array.from({ length: 200 }, (_, k) => [k / 200, k % 2 ? 'a' : 'b', 7].join(','));
  const NOW = Array.from({ length: 200 }, (_, k) => [k / 200 + 0.5025, k % 2 ? 'a' : 'b', 7].join(','));
  cli.workspace.write('old.csv', `shifted,same,constant\n${BEFORE.join('\n')}\n`);
  cli.workspace.write('new.csv', `shifted,same,constant\n${NOW.join('\n')}\n`);

  test('prints a table with what drifted first, and ends with 0', async () => {
    const { code, stdout } = await cli.run('drift', 'old.csv', 'new.csv');
    expect(code).toBe(0);
    expect(stdout).toBe(
      [
        'column    state    test        statistic        p     effect  threshold',
        'shifted   drift    KS              0.505  < 0.001   KS 0.505  0.1',
        'same      ok       chi-square      0.000    1.000  PSI 0.000  0.1',
        'constant  unknown  chi-square          –        –          –  0.1        constant: always 7',
        '',
        '1 of 3 columns drifted',
        '',
      ].join('\n'),
    );
  });

  test('takes a threshold and columns', async () => {
    const answer = await cli.json(Answer, 'drift', 'old.csv', 'new.csv', '--threshold', '0.6', '--columns', 'shifted');
    expect(answer).toMatchObject({
      state: 'ok',
      share: 0,
      columns: [{ name: 'shifted', threshold: 0.6, state: 'ok' }],
    });
  });

  test.for([
    [['old.csv', 'nowhere.csv'], 2, 'FILE_NOT_FOUND'],
    [['old.csv', '.'], 2, 'DATA_UNREADABLE'],
  ] as const)('%j ends with %i: %s', async ([args, exit, error]) => {
    const { code, stdout, stderr } = await cli.run('drift', ...args, '--json');
    expect(code).toBe(exit);
    expect(JSON.parse(stdout)).toMatchObject({ error_code: error });
    expect(stderr).toMatch(new RegExp(`^${error}: \\S.*\\n\\S.*\\n$`));
  });
});
