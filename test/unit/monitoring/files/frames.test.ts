import { describe, expect, test } from 'vitest';
import type { ColumnKind } from '../../../../daemon/data/index.ts';
import type { Cell } from '../../../../daemon/monitoring/columns/prepare.ts';
import { driftOfFrames } from '../../../../daemon/monitoring/files/frames.ts';
import type { Frame, FrameColumn } from '../../../../daemon/monitoring/files/infer.ts';
import { inferKind } from '../../../../daemon/monitoring/files/infer.ts';
import type { Case } from '../../../support/vectors.ts';
import { casesOf, columnOf, isClose } from '../../../support/vectors.ts';

const TYPES: Record<string, ColumnKind> = { int: 'integer', float: 'decimal', str: 'text', bool: 'boolean' };

function frame(input: unknown, dtypes: Record<string, string>): Frame {
  const columns = Object.entries(input as Record<string, unknown>).map(([name, values]) => {
    return [name, { type: TYPES[dtypes[name] ?? 'float'] ?? 'other', values: columnOf(values) as Cell[] }] as const;
  });
  return Object.fromEntries(columns);
}

interface Expected {
  column: string;
  type: 'num' | 'cat';
  method: string;
  score: unknown;
}

function expectedColumns({ expected }: Case): Expected[] {
  return (expected.columns as Expected[] | undefined) ?? [];
}

describe('the kinds of columns are those that Evidently infers', () => {
  test.for(casesOf('drift-report').filter(({ params }) => params.types === 'inferred'))('$name', (one) => {
    const reference = frame(one.input.reference, one.input.dtypes as Record<string, string>);
    for (const { column, type } of expectedColumns(one)) {
      const inferred = inferKind(reference[column] as FrameColumn);
      expect([column, inferred.kind]).toEqual([column, type === 'num' ? 'number' : 'category']);
    }
  });
});

describe("p-values of frames are Evidently's wherever it takes the same test", () => {
  test.for(casesOf('drift-report').filter(({ expected }) => expected.columns))('$name', (one) => {
    const dtypes = one.input.dtypes as Record<string, string>;
    const { columns } = driftOfFrames(frame(one.input.reference, dtypes), frame(one.input.current, dtypes));
    for (const { column, method, score } of expectedColumns(one)) {
      const ours = columns.find(({ name }) => name === column);
      const isSameTest =
        (ours?.test === 'ks' && method === 'ks') || (ours?.test === 'chi_square' && method === 'chisquare');
      if (!isSameTest || ours?.p_value === null) continue;
      expect(isClose(ours?.p_value ?? Number.NaN, score, { rel: 1e-6, abs: 1e-14 }), column).toBe(true);
    }
  });
});

describe('two frames', () => {
  const numbers = (from: number): FrameColumn => ({
    type: 'decimal',
    values: Array.from({ length: 50 }, (_, k) => from + k / 50),
  });
  const words = (...values: string[]): FrameColumn => ({ type: 'text', values: Array(20).fill(values).flat() });

  test('give columns, the share that drifted and a state', () => {
    const reference = { x: numbers(0), y: numbers(0), team: words('a', 'b') };
    const current = { x: numbers(0), y: numbers(0.9), team: words('a', 'b') };
    const { columns, share, state } = driftOfFrames(reference, current);
    expect(columns.map(({ name, state }) => [name, state])).toEqual([
      ['y', 'drift'],
      ['team', 'ok'],
      ['x', 'ok'],
    ]);
    expect(share).toBeCloseTo(1 / 3);
    expect(state).toBe('drift');
    expect(driftOfFrames(reference, reference)).toMatchObject({ share: 0, state: 'ok' });
  });

  test('take threshold, test and columns from the caller', () => {
    const [reference, current] = [
      { x: numbers(0), y: numbers(0) },
      { x: numbers(0), y: numbers(0.9) },
    ];
    expect(driftOfFrames(reference, current, { threshold: 0.95 }).state).toBe('ok');
    expect(driftOfFrames(reference, current, { columns: ['x'] }).columns).toHaveLength(1);
    expect(driftOfFrames(reference, current, { test: 'psi' }).columns[0]).toMatchObject({
      test: 'psi',
      state: 'drift',
    });
  });

  test('say plainly what is not compared', () => {
    const nothing: FrameColumn = { type: 'text', values: Array(50).fill(null) };
    const notes = driftOfFrames(
      {
        gone: numbers(0),
        day: { type: 'time', values: ['2026-01-01'] },
        tags: { type: 'other', values: ['[1]'] },
        comment: { type: 'text', values: Array.from({ length: 50 }, (_, k) => `text ${k}`) },
        empty: numbers(0),
        turned: numbers(0),
      },
      {
        added: numbers(0),
        day: { type: 'time', values: ['2026-01-01'] },
        tags: { type: 'other', values: ['[1]'] },
        comment: words('a'),
        empty: nothing,
        turned: words('a', 'b'),
      },
    );
    expect(notes.state).toBe('unknown');
    expect(Object.fromEntries(notes.columns.map(({ name, note }) => [name, note]))).toEqual({
      added: 'not in the reference',
      comment: 'free text: most values differ',
      day: 'dates and times are not compared',
      empty: 'empty in the current data',
      gone: 'not in the current data',
      tags: 'nested values are not compared',
      turned: 'numbers in the reference, text in the current data',
    });
  });

  test.each(['constructor', 'toString', '__proto__'])('a column may be called %s', (name) => {
    const one = Object.fromEntries([[name, words('a', 'b')]]);
    const { columns } = driftOfFrames(one, { other: words('a', 'b') });
    expect(columns.map((column) => [column.name, column.note])).toEqual(
      expect.arrayContaining([
        [name, 'not in the current data'],
        ['other', 'not in the reference'],
      ]),
    );
    expect(driftOfFrames({}, {}, { columns: [name] }).columns[0]?.note).toBe('in neither of the files');
  });
});
