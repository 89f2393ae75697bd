import { isEqual } from '../expressions/values.ts';
import type { JsonObject, JsonValue } from '../json.ts';

/** What a `matrix` says, its settings (`max-parallel`, `fail-fast`) left out. */
export interface MatrixSpec {
  /** each key with its values, in their order */
  axes: readonly (readonly [key: string, values: readonly JsonValue[]])[];
  include: readonly JsonObject[];
  exclude: readonly JsonObject[];
}

/** As many as GitHub Actions allows. */
export const MOST_COMBINATIONS = 256;

type Combination = Map<string, JsonValue>;

/**
 * GitHub Actions' rule: the product of the axes, the first the slowest; without what `exclude` names; then each include adds its
 * keys to every combination whose own values it would not overwrite, or else becomes a combination of its own.
 */
export function expandMatrix({ axes, include, exclude }: MatrixSpec): JsonObject[] {
  const keys = new Set(axes.map(([key]) => key));
  const product = productOf(axes).filter((one) => !exclude.some((pattern) => fits(one, Object.entries(pattern))));
  const further: Combination[] = [];
  for (const added of include) {
    const entries = Object.entries(added);
    const own = entries.filter(([key]) => keys.has(key));
    const extended = product.filter((one) => fits(one, own));
    for (const one of extended) for (const [key, value] of entries) if (!keys.has(key)) one.set(key, value);
    if (extended.length === 0) further.push(new Map(entries));
  }
  return [...product, ...further].map((one) => Object.fromEntries(one));
}

/** Comparisons; nobody counts more at a key stroke. */
const MOST_COMPARED = 100_000;

/** Null where there are too many values for anybody to wait for. */
export function expandSensible(spec: MatrixSpec): JsonObject[] | null {
  const { axes, include, exclude } = spec;
  const compared = Math.max(sizeOfProduct(spec), 1) * (axes.length + include.length + exclude.length);
  return compared > MOST_COMPARED ? null : expandMatrix(spec);
}

/** Without building it: ten lists of ten would be ten thousand millions. */
export const sizeOfProduct = ({ axes }: Pick<MatrixSpec, 'axes'>): number =>
  axes.length === 0 ? 0 : axes.reduce((product, [, values]) => product * values.length, 1);

/** Each is filled once: copying what there is for every further key takes long where there are thousands. */
function productOf(axes: MatrixSpec['axes']): Combination[] {
  const count = sizeOfProduct({ axes });
  return Array.from({ length: count }, (_, at) => {
    let rest = at;
    const chosen = axes.toReversed().map(([key, values]) => {
      const value = values[rest % values.length] ?? null;
      rest = Math.floor(rest / values.length);
      return [key, value] as const;
    });
    return new Map(chosen.toReversed());
  });
}

const fits = (one: Combination, pattern: readonly (readonly [string, JsonValue])[]): boolean =>
  pattern.every(([key, value]) => isSame(one.get(key), value));

/** Leaf by leaf: a map with fewer leaves fits, too. Texts are the same in upper and lower case, `'8'` is 8. */
function isSame(one: JsonValue | undefined, pattern: JsonValue): boolean {
  if (one === undefined) return false;
  if (pattern === null || typeof pattern !== 'object') return isEqual(one, pattern);
  if (one === null || typeof one !== 'object' || Array.isArray(one) !== Array.isArray(pattern)) return false;
  const values = new Map(Object.entries(one));
  return Object.entries(pattern).every(([key, value]) => isSame(values.get(key), value));
}
