/** What the threads that work on one request share: whether it was called off, and how many bytes they have read. */
export type Watch = BigInt64Array<SharedArrayBuffer>;

const STOPPED = 0;
const BYTES = 1;

/** Whoever asked called it off. */
export class Stopped extends Error {}

export function newWatch(): Watch {
  return new BigInt64Array(new SharedArrayBuffer(2 * BigInt64Array.BYTES_PER_ELEMENT));
}

export function stop(watch: Watch): void {
  Atomics.store(watch, STOPPED, 1n);
}

export function checkNotStopped(watch: Watch): void {
  if (Atomics.load(watch, STOPPED) !== 0n) throw new Stopped('It was called off.');
}

export function addBytes(watch: Watch, bytes: number): void {
  Atomics.add(watch, BYTES, BigInt(bytes));
}

export function bytesOf(watch: Watch): number {
  return Number(Atomics.load(watch, BYTES));
}
