import type { FSWatcher } from 'node:fs';
import { statSync, watch } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Disposable } from '../../../base/disposables.ts';
import type { LogPart } from '../port.ts';

/** Who prints fast changes the file a thousand times a second: nobody need hear each. */
const PAUSE_MS = 50;
/** Where the system lets us watch no more files. */
const UNWATCHED_MS = 1_000;

/**
 * At most so many bytes from there on, and whether the file ends after them; a negative offset counts from the end. `missing`: so
 * many bytes before it are given up.
 */
export async function readPart(file: string, offset: number, most: number, missing = 0): Promise<LogPart> {
  const part = await readFrom(file, offset < 0 ? offset : Math.max(0, offset - missing), most);
  return { ...part, nextOffset: part.nextOffset + missing, size: part.size + missing };
}

async function readFrom(file: string, offset: number, most: number): Promise<LogPart> {
  const handle = await open(file, 'r').catch(() => undefined);
  if (!handle) return { bytes: Buffer.alloc(0), nextOffset: Math.max(0, offset), size: 0, ended: true };
  try {
    const { size } = await handle.stat();
    const start = offset < 0 ? Math.max(0, size + offset) : offset;
    const buffer = Buffer.alloc(Math.max(0, Math.min(most, size - start)));
    const { bytesRead } = buffer.length === 0 ? { bytesRead: 0 } : await handle.read(buffer, 0, buffer.length, start);
    const nextOffset = start + bytesRead;
    return { bytes: buffer.subarray(0, bytesRead), nextOffset, size, ended: nextOffset >= size };
  } finally {
    await handle.close();
  }
}

/** Tells that a file has grown, some times a second at most. */
export class Growth implements Disposable {
  private readonly file: string;
  private readonly grown: () => void;
  private watcher: FSWatcher | undefined;
  private timer: NodeJS.Timeout | undefined;
  private size: number;

  constructor(file: string, grown: () => void) {
    this.file = file;
    this.grown = grown;
    this.size = this.sizeNow();
    this.watch();
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.watcher?.close();
  }

  private watch(): void {
    try {
      this.watcher = watch(this.file, () => this.pause(PAUSE_MS)).on('error', () => this.pause(UNWATCHED_MS));
    } catch {
      this.pause(UNWATCHED_MS);
    }
  }

  /** Not even listened to: the system would wake us for each change. */
  private pause(ms: number): void {
    this.dispose();
    this.timer = setTimeout(() => {
      this.watch();
      this.look();
    }, ms);
  }

  private look(): void {
    const before = this.size;
    this.size = this.sizeNow();
    if (this.size > before) this.grown();
  }

  private sizeNow(): number {
    return statSync(this.file, { throwIfNoEntry: false })?.size ?? 0;
  }
}
