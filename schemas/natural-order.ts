let collator: Intl.Collator | undefined;

/** Names as people sort them: `step 2` before `step 10`. */
export function naturally(one: string, other: string): number {
  // made when something is sorted first: it takes 6 ms, and the extension would pay them at each start
  collator ??= new Intl.Collator('en', { numeric: true });
  return collator.compare(one, other);
}
