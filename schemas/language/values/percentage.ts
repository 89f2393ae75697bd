/** `5%` → 0.05; null for anything else, and outside of 0 to 100. */
export function parsePercentage(text: string): number | null {
  const match = /^(\d{1,3}(?:\.\d{1,6})?)%$/.exec(text);
  const share = match ? Number(match[1]) / 100 : Number.NaN;
  return share >= 0 && share <= 1 ? share : null;
}
