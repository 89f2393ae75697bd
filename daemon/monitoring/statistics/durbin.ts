/**
 * P(D_n < d) exactly, for small n: Durbin's matrix, whose n-th power holds the answer in its centre. Only the centre row
 * is needed, so a row vector is multiplied n times; the factor n!/nⁿ goes in step by step, which keeps every number small.
 */
export function exactDistribution(n: number, d: number): number {
  const reach = Math.floor(n * d) + 1;
  const size = 2 * reach - 1;
  const matrix = durbinMatrix(size, reach - n * d);
  let row = new Float64Array(size);
  row[reach - 1] = 1;
  for (let step = 1; step <= n; step++) row = timesMatrix(row, matrix, step / n);
  return row[reach - 1] as number;
}

function durbinMatrix(size: number, h: number): Float64Array[] {
  const inverseFactorial = new Float64Array(size + 2).fill(1);
  for (let k = 2; k < inverseFactorial.length; k++) {
    inverseFactorial[k] = (inverseFactorial[k - 1] as number) / k;
  }
  const at = (k: number) => inverseFactorial[k] as number;
  const rows = Array.from({ length: size }, (_, i) =>
    Float64Array.from({ length: size }, (_, j) => (i - j + 1 < 0 ? 0 : at(i - j + 1))),
  );
  const last = size - 1;
  const corner = Math.max(0, 2 * h - 1) ** size;
  return rows.map((row, i) =>
    row.map((entry, j) => {
      const left = j === 0 ? h ** (i + 1) * at(i + 1) : 0;
      const bottom = i === last ? h ** (size - j) * at(size - j) : 0;
      return entry - left - bottom + (i === last && j === 0 ? corner * at(size) : 0);
    }),
  );
}

function timesMatrix(row: Float64Array, matrix: readonly Float64Array[], factor: number): Float64Array<ArrayBuffer> {
  const product = new Float64Array(row.length);
  matrix.forEach((line, i) => {
    const weight = (row[i] as number) * factor;
    if (weight === 0) return;
    for (let j = 0; j < product.length; j++) product[j] = (product[j] as number) + weight * (line[j] as number);
  });
  return product;
}
