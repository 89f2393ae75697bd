const BYTES: Readonly<Record<string, number>> = {
  '': 1,
  K: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** `512Mi`, `2Gi`, `1.5G`, as Kubernetes writes them → bytes; null for anything else, and for nothing at all. */
export function parseSize(text: string): number | null {
  const match = /^(\d{1,15}(?:\.\d{1,3})?)([KMGT]i?)?$/.exec(text);
  const bytes = match && Math.round(Number(match[1]) * (BYTES[match[2] ?? ''] ?? Number.NaN));
  return bytes && bytes > 0 ? bytes : null;
}
