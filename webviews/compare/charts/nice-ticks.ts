const AT_MOST = 6;

/** Round numbers within a range, about five of them: an axis may end where its lines end and still be read. */
export function niceTicks(min: number, max: number): number[] {
  if (!(max > min) || !Number.isFinite(max - min)) return [min];
  const rough = (max - min) / AT_MOST;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((times) => times * power >= rough) ?? 10) * power;
  const found: number[] = [];
  for (let at = Math.ceil(min / step); at * step <= max && found.length <= AT_MOST; at++) {
    found.push(Number((at * step).toPrecision(12)));
  }
  return found;
}
