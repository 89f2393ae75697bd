/** What `toValue` makes of the rows, by what `toKey` says of them; in their order. */
export function grouped<Row, Key, Value>(
  rows: readonly Row[],
  toKey: (row: Row) => Key,
  toValue: (row: Row) => Value,
): Map<Key, Value[]> {
  const groups = new Map<Key, Value[]>();
  for (const row of rows) {
    const group = groups.get(toKey(row));
    if (group) group.push(toValue(row));
    else groups.set(toKey(row), [toValue(row)]);
  }
  return groups;
}
