import type { Disposable } from './disposables.ts';

/** How a room tells others what happened, without knowing them. */
export class Emitter<T> {
  private readonly listeners = new Set<(event: T) => void>();

  on(listener: (event: T) => void): Disposable {
    this.listeners.add(listener);
    return { dispose: () => void this.listeners.delete(listener) };
  }

  emit(event: T): void {
    for (const listener of this.listeners) listener(event);
  }
}
