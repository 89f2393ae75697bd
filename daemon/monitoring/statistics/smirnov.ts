import { stirlingError } from './stirling.ts';

/** Beyond, the sum's terms are too many; the asymptotic form is right to far more digits than a p-value has. */
const LARGEST_SUM = 1_000_000;

/**
 * P(D⁺ ≥ d) of the one-sided one-sample statistic of n points: Smirnov's sum, each term a binomial probability with
 * success rate j/n + d at j. All terms are positive.
 */
export function oneSidedTail(n: number, d: number): number {
  if (d <= 0) return 1;
  if (d >= 1) return 0;
  if (n > LARGEST_SUM) return asymptoticTail(n, d);
  const x = n * d;
  const last = Math.floor(n - x);
  let sum = Math.exp(n * Math.log1p(-d));
  for (let j = 1; j <= last; j++) {
    const rest = n - j - x;
    if (rest <= 0) continue;
    sum += (Math.exp(logBinomialAtOffset(n, j, x)) * d) / (j / n + d);
  }
  return Math.min(1, sum);
}

/** ln of the binomial probability of j successes of n at rate (j + x)/n, without cancellation. */
function logBinomialAtOffset(n: number, j: number, x: number): number {
  const k = n - j;
  const shape = 0.5 * Math.log(n / (2 * Math.PI * j * k)) + stirlingError(n) - stirlingError(j) - stirlingError(k);
  return shape + j * Math.log1p(x / j) + k * Math.log1p(-x / k);
}

function asymptoticTail(n: number, d: number): number {
  const t = (6 * n * d + 1) ** 2 / (18 * n);
  return Math.exp(-t) * (1 - (2 * t * t - 4 * t - 1) / (18 * n));
}
