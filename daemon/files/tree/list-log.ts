import { hash } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { asFileError } from '../../base/file-errors.ts';
import { isMissing } from '../missing.ts';
import type { Raw } from '../raw.ts';
import { shown, systemPath } from '../raw.ts';
import type { List, Written } from './list.ts';
import { ListMissing, readList } from './list.ts';

/** Before each list: this, its length and its sha256. */
const MARK = 0x7e1157ed;
const HEAD = 4 + 4 + 32;

interface Place {
  at: number;
  bytes: number;
}

/**
 * All lists in one file, one behind another: folders are many, and files cost. What is read is held against its sha256, so that
 * a half-written list at its end, or a damaged one, is simply not there.
 */
export class ListLog {
  private readonly file: Raw;
  private places: Map<string, Place> | undefined;
  private end = 0;

  constructor(file: Raw) {
    this.file = file;
  }

  /** Undefined when it is not here. */
  find(sha256: string): List | undefined {
    const place = this.all().get(sha256);
    const content = place && this.contentAt(place);
    if (content && hash('sha256', content) === sha256) return readList(content);
    // so that it is written again when it is made again
    this.all().delete(sha256);
    return undefined;
  }

  readonly read = (sha256: string): List => {
    const list = this.find(sha256);
    if (!list) throw new ListMissing();
    return list;
  };

  has(sha256: string): boolean {
    return this.all().has(sha256);
  }

  /** All of them, or none. */
  add(lists: readonly Pick<Written, 'sha256' | 'content'>[]): void {
    const added = new Map(lists.filter(({ sha256 }) => !this.has(sha256)).map((list) => [list.sha256, list.content]));
    if (added.size === 0) return;
    const records = [...added].flatMap(([sha256, content]) => [headOf(sha256, content), content]);
    this.append(Buffer.concat(records));
    for (const [sha256, content] of added) {
      this.all().set(sha256, { at: this.end + HEAD, bytes: content.length });
      this.end += HEAD + content.length;
    }
  }

  /** Everything else goes. Answers how many bytes that are. */
  keepOnly(needed: ReadonlySet<string>): number {
    const before = this.bytes();
    const kept = [...this.all().keys()].filter((sha256) => needed.has(sha256));
    if (kept.length === this.all().size) return 0;
    const records = kept.flatMap((sha256) => {
      const content = this.contentAt(this.all().get(sha256) ?? { at: 0, bytes: 0 });
      return content && hash('sha256', content) === sha256 ? [headOf(sha256, content), content] : [];
    });
    const draft = systemPath(`${this.file}.partial`);
    try {
      writeFileSync(draft, Buffer.concat(records), { mode: 0o600 });
      renameSync(draft, systemPath(this.file));
    } catch (failure) {
      throw asFileError(failure, shown(this.file));
    } finally {
      rmSync(draft, { force: true });
      this.places = undefined;
    }
    return before - this.bytes();
  }

  bytes(): number {
    this.all();
    return this.end;
  }

  private contentAt({ at, bytes }: Place): Buffer | undefined {
    const file = openSync(systemPath(this.file), 'r');
    try {
      const content = Buffer.allocUnsafe(bytes);
      return readSync(file, content, 0, bytes, at) === bytes ? content : undefined;
    } finally {
      closeSync(file);
    }
  }

  private append(records: Buffer): void {
    const file = openSync(systemPath(this.file), 'a', 0o600);
    try {
      // what a write left that did not come to its end
      if (fstatSync(file).size !== this.end) ftruncateSync(file, this.end);
      for (let at = 0; at < records.length; ) at += writeSync(file, records, at);
    } catch (failure) {
      ftruncateSync(file, this.end);
      throw asFileError(failure, shown(this.file));
    } finally {
      closeSync(file);
    }
  }

  private all(): Map<string, Place> {
    this.places ??= this.scan();
    return this.places;
  }

  private scan(): Map<string, Place> {
    const places = new Map<string, Place>();
    const bytes = contentOf(this.file);
    this.end = 0;
    while (this.end + HEAD <= bytes.length && bytes.readUInt32LE(this.end) === MARK) {
      const length = bytes.readUInt32LE(this.end + 4);
      const at = this.end + HEAD;
      if (at + length > bytes.length) break;
      places.set(bytes.toString('hex', this.end + 8, at), { at, bytes: length });
      this.end = at + length;
    }
    return places;
  }
}

function headOf(sha256: string, content: Buffer): Buffer {
  const head = Buffer.alloc(HEAD);
  head.writeUInt32LE(MARK, 0);
  head.writeUInt32LE(content.length, 4);
  head.write(sha256, 8, 'hex');
  return head;
}

function contentOf(file: Raw): Buffer {
  try {
    return readFileSync(systemPath(file));
  } catch (failure) {
    if (isMissing(failure)) return Buffer.alloc(0);
    throw failure;
  }
}
