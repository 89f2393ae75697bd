import { readFileSync } from 'node:fs';
import { createRequire, wrap } from 'node:module';
import { dirname, join } from 'node:path';
import { cachedDataVersionTag } from 'node:v8';
import { Script } from 'node:vm';
import { keepNewest, readOwn, writeOwn } from './own-file.ts';

interface Started<Exports> {
  exports: Exports;
  /** Keeps what was compiled so far, for the next start. What hinders that is no reason to complain. */
  keep(): Promise<void>;
}

/** Versions of this program, each for some version of Node and its flags. */
const KEPT_AT_MOST = 4;

/** Worth to be written again. */
const MORE = 1.02;

/**
 * Runs a packed program with what V8 compiled of it before: a fifth of what opening a file takes is to compile the
 * functions that it needs. Node's own cache of compiled code keeps none that are compiled when they are first called.
 * `name` tells the program and its version.
 */
export function startCompiled<Exports>(program: string, name: string, folder: string): Started<Exports> {
  const source = readFileSync(program);
  const kept = join(folder, `${name}-${cachedDataVersionTag().toString(16)}`);
  const known = codeOf(readOwn(kept), source);
  const script = new Script(wrap(source.toString()), { filename: program, cachedData: known ?? undefined });
  let size = script.cachedDataRejected ? 0 : (known?.length ?? 0);
  const module: { exports: unknown } = { exports: {} };
  const run = script.runInThisContext();
  run.call(module.exports, module.exports, createRequire(program), module, program, dirname(program));
  const keep = async (): Promise<void> => {
    try {
      const code = script.createCachedData();
      if (code.length < size * MORE) return;
      size = code.length;
      await writeOwn(kept, [lengthOf(code), code, source]);
      await keepNewest(folder, KEPT_AT_MOST);
    } catch {
      // such as a disk that is full or read only: the next start compiles again
    }
  };
  return { exports: module.exports as Exports, keep };
}

/** As V8 likes what follows to be aligned. */
const LENGTH_BYTES = 8;

function lengthOf(code: Buffer): Buffer {
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(code.length);
  return length;
}

/** V8 itself compares no more of the source than its length. */
function codeOf(kept: Buffer | null, source: Buffer): Buffer | null {
  if (!kept || kept.length < LENGTH_BYTES) return null;
  const end = LENGTH_BYTES + kept.readUInt32LE(0);
  return kept.subarray(end).equals(source) ? kept.subarray(LENGTH_BYTES, end) : null;
}
