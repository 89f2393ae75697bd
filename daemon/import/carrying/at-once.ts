/** Works on several items at the same time, never on more; the first failure ends it once those under way have ended. */
export async function atOnce<T>(
  limit: number,
  items: Iterable<T> | AsyncIterable<T>,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const under = new Set<Promise<void>>();
  let failure: { thrown: unknown } | undefined;
  for await (const item of items) {
    if (failure) break;
    const one = work(item)
      .catch((thrown: unknown) => {
        failure ??= { thrown };
      })
      .finally(() => under.delete(one));
    under.add(one);
    if (under.size >= limit) await Promise.race(under);
  }
  await Promise.all(under);
  if (failure) throw failure.thrown;
}
