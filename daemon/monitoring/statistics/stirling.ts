const EXACT_BELOW = 16;
const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/** ln n! = (n + ½)·ln n − n + ½·ln 2π + stirlingError(n): the part that logarithms of large factorials lose. */
export function stirlingError(n: number): number {
  if (n < EXACT_BELOW) return SMALL[n] as number;
  const square = n * n;
  return (1 / 12 - (1 / 360 - (1 / 1260 - 1 / (1680 * square)) / square) / square) / n;
}

const SMALL = Array.from({ length: EXACT_BELOW }, (_, n) => {
  let factorial = 1;
  for (let k = 2; k <= n; k++) factorial *= k;
  return n === 0 ? 0 : Math.log(factorial) - (n + 0.5) * Math.log(n) + n - HALF_LOG_TWO_PI;
});
