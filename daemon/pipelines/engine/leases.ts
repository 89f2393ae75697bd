import { Waiting } from './waiting.ts';

export interface Paths {
  reads: readonly string[];
  writes: readonly string[];
}

/** Which paths are being read and written, over all runs: nobody writes what another reads or writes. */
export class Leases {
  private readonly held = new Set<Paths>();
  private readonly waiting = new Waiting<Paths>(
    (wanted) => ![...this.held].some((other) => clash(wanted, other)),
    (wanted) => void this.held.add(wanted),
  );

  /** Answers with what gives them back. All or none: who holds some never waits for others. */
  async acquire(paths: Paths, signal: AbortSignal): Promise<() => void> {
    await this.waiting.wait(paths, signal);
    return () => {
      if (this.held.delete(paths)) this.waiting.serve();
    };
  }

  /** Of a step that runs already: it holds them whatever others do. */
  take(paths: Paths): () => void {
    this.held.add(paths);
    return () => {
      if (this.held.delete(paths)) this.waiting.serve();
    };
  }
}

function clash(one: Paths, other: Paths): boolean {
  return meet(one.writes, other.writes) || meet(one.writes, other.reads) || meet(one.reads, other.writes);
}

const meet = (some: readonly string[], others: readonly string[]): boolean =>
  some.some((path) => others.some((other) => isWithin(path, other) || isWithin(other, path)));

const isWithin = (path: string, folder: string): boolean =>
  path === folder || folder === '.' || path.startsWith(`${folder}/`);
