import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { Failure, TraceFrame } from '../../schemas/pipelines/traceback.ts';

export interface PlaceOfFailure {
  path: string;
  /** from 1 */
  line: number;
  error: string;
  /** the way to it, the nearest first, and what else was told */
  related: { path: string; line: number; words: string }[];
}

/** What is installed is not what a person writes. */
const INSTALLED = /^(?:\.?venv|env|site-packages|node_modules|\.(?:crisol|tox|conda|nox))$/;

/** Where in a person's own files a program failed: the innermost place there; null: nowhere there. */
export function placeOfFailure(failure: Failure, folder: string): PlaceOfFailure | null {
  for (const { error, frames } of [failure, ...failure.others]) {
    const at = frames.findLastIndex(({ file }) => isOwn(file, folder));
    const frame = frames[at];
    if (!frame) continue;
    const way = distinct([...frames.slice(at + 1).reverse(), ...frames.slice(0, at).reverse()], frame);
    const ends = failure.others.filter((one) => one.error !== error).flatMap((one) => endOf(one));
    return {
      path: resolve(folder, frame.file),
      line: frame.line,
      error: failure.error,
      related: [...way.map((one) => ({ ...one, words: one.in ?? '' })), ...ends]
        .filter(({ file }) => !file.startsWith('<'))
        .map(({ file, line, words }) => ({ path: resolve(folder, file), line, words })),
    };
  }
  return null;
}

/** A function that calls itself is one place. */
function distinct(frames: readonly TraceFrame[], besides: TraceFrame): TraceFrame[] {
  const key = ({ file, line }: TraceFrame) => `${file}:${line}`;
  const known = new Map(frames.map((frame) => [key(frame), frame]));
  known.delete(key(besides));
  return [...known.values()];
}

function endOf({ error, frames }: Failure['others'][number]) {
  const last = frames.at(-1);
  return last ? [{ ...last, words: error }] : [];
}

/** Steps run in the project's folder: that is where their relative paths begin. */
function isOwn(file: string, folder: string): boolean {
  if (file.startsWith('<')) return false;
  const path = relative(folder, resolve(folder, file));
  return !isAbsolute(path) && !path.split(sep).some((part) => part === '..' || INSTALLED.test(part));
}
