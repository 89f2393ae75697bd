/** NaN is a word in the store, since SQLite turns a real NaN into NULL; infinities are reals. */
export type StoredValue = number | 'NaN';

/** Minus zero becomes zero: SQLite keeps no difference, and a chunk must not know one either. */
export function toStored(value: number): StoredValue {
  return Number.isNaN(value) ? 'NaN' : value + 0;
}

export function fromStored(value: StoredValue): number {
  return value === 'NaN' ? Number.NaN : value;
}
