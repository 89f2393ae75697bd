/** What TypeScript does not know of yet, though every VS Code that we run in does. */
interface ExactJson {
  parse(text: string, revive: (key: string, value: unknown, context: { source?: string }) => unknown): unknown;
  rawJSON(text: string): unknown;
}

/**
 * Numbers stay as they were written when it is written again: of 12345678901234567890 JavaScript would keep the beginning, and
 * of 1.0 no more than 1.
 */
export function parseExactly(text: string): unknown {
  const exact = JSON as unknown as ExactJson;
  return exact.parse(text, (_, value, { source }) =>
    typeof value === 'number' && source !== undefined && String(value) !== source ? exact.rawJSON(source) : value,
  );
}
