import { readFileSync } from 'node:fs';
import { seededRandom } from '../../daemon/base/random.ts';

/** Reference values of other libraries; `origin` in each file names them. */
export interface Case {
  name: string;
  input: Record<string, unknown>;
  params: Record<string, unknown>;
  expected: Record<string, unknown>;
  tolerance: { rel: number; abs: number };
}

export function casesOf(file: string): Case[] {
  const path = new URL(`../fixtures/vectors/${file}.json`, import.meta.url);
  return JSON.parse(readFileSync(path, 'utf8')).cases;
}

/** NaN and the infinities are strings in the files. */
export function asNumber(value: unknown): number {
  return value === null ? Number.NaN : Number(value);
}

export function isClose(got: number, expected: unknown, { rel, abs }: Case['tolerance']): boolean {
  const wanted = asNumber(expected);
  return Object.is(got, wanted) || got === wanted || Math.abs(got - wanted) <= abs + rel * Math.abs(wanted);
}

export function numbersOf(input: unknown): number[] {
  return columnOf(input).map(asNumber);
}

/** The values as they stand, or made by the generator that the case describes. */
export function columnOf(input: unknown): unknown[] {
  return Array.isArray(input) ? input : generate(input as Generated);
}

interface Generated {
  kind: string;
  n: number;
  seed: number;
  missing?: number;
  round?: number;
  inf_at?: number[];
  [key: string]: unknown;
}

function generate(spec: Generated): unknown[] {
  const next = seededRandom(spec.seed);
  const column = Array.from({ length: spec.n }, () => {
    const isMissing = spec.missing !== undefined && next() < spec.missing;
    const value = draw(spec, next);
    if (isMissing) return null;
    return spec.round === undefined ? value : Math.floor(Number(value) * 10 ** spec.round + 0.5) / 10 ** spec.round;
  });
  for (const row of spec.inf_at ?? []) column[row] = Number.POSITIVE_INFINITY;
  return column;
}

function draw(spec: Generated, next: () => number): unknown {
  const at = (key: string) => Number(spec[key]);
  switch (spec.kind) {
    case 'uniform':
      return at('lo') + next() * (at('hi') - at('lo'));
    case 'normal':
      return at('mu') + at('sigma') * (sumOfTwelve(next) - 6);
    case 'int':
      return at('lo') + Math.floor(next() * (at('hi') - at('lo') + 1));
    case 'odds': {
      const u = next();
      return at('scale') * (u / (1 - u));
    }
    case 'category':
      return category(spec.values as string[], spec.cum as number[], next());
    default:
      return spec.value;
  }
}

function sumOfTwelve(next: () => number): number {
  let sum = 0;
  for (let k = 0; k < 12; k++) sum += next();
  return sum;
}

function category(values: string[], cumulative: number[], u: number): string | undefined {
  const index = cumulative.findIndex((limit) => u < limit);
  return index < 0 ? values.at(-1) : values[index];
}
