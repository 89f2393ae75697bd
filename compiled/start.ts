import { existsSync, readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { cachedDataVersionTag } from 'node:v8';
import { Script } from 'node:vm';
import { compiledFolder } from './folder.ts';
import { keepNewest, readOwn, writeOwn } from './own-file.ts';

interface Started<Exports> {
  exports: Exports;
  /** something was kept of it: it needed not to be compiled */
  wasKept: boolean;
  /** Keeps what was compiled so far, for the next start. What hinders that is no reason to complain. */
  keep(): Promise<void>;
}

/** Versions of this program, each for some version of Node and its flags. */
const KEPT_AT_MOST = 4;

/** Worth to be written again. */
const MORE = 1.02;

/** The rest of a program: packed, it is a file beside it, and starts with what was compiled of it; else it is its source. */
export async function startRest<Exports>(packed: string, source: () => Promise<Exports>): Promise<Started<Exports>> {
  if (!existsSync(packed)) return { exports: await source(), wasKept: true, keep: async () => {} };
  return startCompiled(packed, join(compiledFolder(), basename(packed, '.cjs')));
}

/**
 * Runs a packed program with what V8 compiled of it before: a fifth of what a start takes, or the opening of a file, is to
 * compile the functions that it needs. Node's own cache of compiled code keeps none that are compiled when they are first
 * called.
 */
export function startCompiled<Exports>(program: string, folder: string): Started<Exports> {
  const source = readFileSync(program);
  // versions mostly differ in length, and those that do not in what is kept with the code
  const kept = join(folder, `${source.length}-${cachedDataVersionTag().toString(16)}`);
  const known = codeOf(readOwn(kept), source);
  const script = new Script(Module.wrap(source.toString()), { filename: program, cachedData: known ?? undefined });
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
  return { exports: module.exports as Exports, wasKept: size > 0, keep };
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
