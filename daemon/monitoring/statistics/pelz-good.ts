const PI2 = Math.PI ** 2;
const NEGLIGIBLE = 1e-20;

/**
 * P(D_n < d) for large n: Kolmogorov's limit and the corrections of order n^-½, n^-1 and n^-3/2 by Pelz and Good (1976).
 */
export function pelzGoodDistribution(n: number, d: number): number {
  const root = Math.sqrt(n);
  const z = root * d;
  const z2 = z * z;
  // the sums over odd and even multiples of π/2, each power of the multiple by itself
  const odd = gaussianSums(z, 0.5);
  const even = gaussianSums(z, 1);
  const c = Math.sqrt(Math.PI / 2);

  const limit = (2 * c * odd[0]) / z;
  const first = (c / (3 * z2 * z2)) * (odd[1] - z2 * odd[0]);
  const second =
    (c / (36 * z ** 7)) *
      ((6 * z2 ** 3 + 2 * z2 ** 2) * odd[0] + (2 * z2 ** 2 - 5 * z2) * odd[1] + (1 - 2 * z2) * odd[2]) -
    (c / (18 * z ** 3)) * even[1];
  const third =
    (c / (3240 * z ** 10)) *
      ((5 - 30 * z2) * odd[3] +
        (212 * z2 ** 2 - 60 * z2) * odd[2] +
        (135 * z2 ** 2 - 96 * z2 ** 3) * odd[1] -
        (30 * z2 ** 3 + 90 * z2 ** 4) * odd[0]) +
    (c / (108 * z ** 6)) * (3 * z2 * even[1] - even[2]);
  return limit + first / root + second / n + third / (n * root);
}

/** Σ a^p·exp(−a/(2z²)) for p = 0…3, where a = π²(k + start)² and k = 0, 1, … */
function gaussianSums(z: number, start: number): [number, number, number, number] {
  const sums: [number, number, number, number] = [0, 0, 0, 0];
  for (let k = start; ; k++) {
    const a = PI2 * k * k;
    const weight = Math.exp(-a / (2 * z * z));
    if (weight * a ** 3 < NEGLIGIBLE) return sums;
    sums[0] += weight;
    sums[1] += weight * a;
    sums[2] += weight * a * a;
    sums[3] += weight * a ** 3;
  }
}
