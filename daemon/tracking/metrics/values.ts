/** NaN is a word in the store, since SQLite turns a real NaN into NULL; infinities are reals. */
export type StoredValue = number | 'NaN';

export function toStored(value: number): StoredValue {
  return Number.isNaN(value) ? 'NaN' : value;
}

export function fromStored(value: StoredValue): number {
  return value === 'NaN' ? Number.NaN : value;
}
