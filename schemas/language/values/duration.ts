const MILLISECONDS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `500ms`, `30s`, `10m`, `1.5h`, `90d` → milliseconds; null for anything else, and for nothing at all. */
export function parseDuration(text: string): number | null {
  const match = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m|h|d)$/.exec(text);
  if (!match) return null;
  const unit = match[2] as keyof typeof MILLISECONDS;
  const milliseconds = Math.round(Number(match[1]) * MILLISECONDS[unit]);
  return milliseconds > 0 ? milliseconds : null;
}
