import gammainc from '@stdlib/math-base-special-gammainc';

export interface ChiSquareResult {
  statistic: number;
  pvalue: number;
}

export interface ContingencyResult extends ChiSquareResult {
  dof: number;
  expected: number[][];
}

/** How far the sums of observed and expected counts may differ, relatively: the square root of a double's precision. */
const SUM_TOLERANCE = Math.sqrt(Number.EPSILON);

/** P(χ² ≥ x) with `dof` degrees of freedom, right in the far tail, too. NaN without a degree of freedom. */
export function chiSquareTail(x: number, dof: number): number {
  if (!(dof > 0) || Number.isNaN(x)) return Number.NaN;
  if (x <= 0) return 1;
  if (x === Number.POSITIVE_INFINITY) return 0;
  return gammainc(x / 2, dof / 2, true, true);
}

/** Pearson's goodness of fit; without `expected`, against equal counts. Throws RangeError where it has no meaning. */
export function goodnessOfFit(observed: ArrayLike<number>, expected?: ArrayLike<number>): ChiSquareResult {
  const counts = Float64Array.from(observed);
  const total = sum(counts);
  const fit = expected ? Float64Array.from(expected) : new Float64Array(counts.length).fill(total / counts.length);
  if (fit.length !== counts.length) throw new RangeError('observed and expected counts differ in number');
  const fitTotal = sum(fit);
  if (Math.abs(total - fitTotal) / Math.min(total, fitTotal) > SUM_TOLERANCE) {
    throw new RangeError('observed and expected counts differ in their sums');
  }
  const statistic = pearson(counts, fit);
  return { statistic, pvalue: chiSquareTail(statistic, counts.length - 1) };
}

/** Independence in a table of counts; `correction` is Yates' for one degree of freedom. Throws RangeError on an empty margin. */
export function contingency(table: readonly (readonly number[])[], correction: boolean): ContingencyResult {
  const rows = table.map((row) => sum(row));
  const width = table[0]?.length ?? 0;
  const columns = Array.from({ length: width }, (_, j) => sum(table.map((row) => row[j] ?? Number.NaN)));
  const total = sum(rows);
  const expected = rows.map((row) => columns.map((column) => (row * column) / total));
  const cells = expected.flat();
  if (!cells.every((count) => count > 0)) throw new RangeError('a row or a column of the table is empty');
  const dof = (rows.length - 1) * (width - 1);
  if (dof === 0) return { statistic: 0, pvalue: 1, dof, expected };
  const observed = table.flat();
  const statistic = pearson(correction && dof === 1 ? yates(observed, cells) : observed, cells);
  return { statistic, pvalue: chiSquareTail(statistic, dof), dof, expected };
}

/** Moves each count up to one half towards what is expected. */
function yates(observed: readonly number[], expected: readonly number[]): number[] {
  return observed.map((count, i) => {
    const distance = (expected[i] as number) - count;
    return count + Math.sign(distance) * Math.min(0.5, Math.abs(distance));
  });
}

function pearson(observed: ArrayLike<number>, expected: ArrayLike<number>): number {
  let statistic = 0;
  for (let i = 0; i < observed.length; i++) {
    const fit = expected[i] as number;
    statistic += ((observed[i] as number) - fit) ** 2 / fit;
  }
  return statistic;
}

function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i] as number;
  return total;
}
