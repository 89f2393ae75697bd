/** Whether a text reads, as a filter or an order. */
export function reads(read: () => unknown): boolean {
  return problemOf(read) === undefined;
}

/** What is wrong with it, in the grammar's words. */
export function problemOf(read: () => unknown): string | undefined {
  try {
    read();
    return undefined;
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown);
  }
}
