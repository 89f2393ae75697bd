import { formatBytes } from '../bytes-text.ts';
import { formatWhole } from '../count-text.ts';

/** How far a look at files is. */
export interface FilesProgress {
  /** that were found so far */
  files: number;
  /** bytes that were read, and those that are to be read; the latter is 0 until that is known */
  done: number;
  of: number;
}

/** Such as `12,345 files, 45 % of 31.0 GB`. */
export function filesProgressText(progress: FilesProgress): string {
  const { files, of } = progress;
  const found = files === 1 ? '1 file' : `${formatWhole(files)} files`;
  return of > 0 ? `${found}, ${Math.floor(fractionOf(progress) * 100)} % of ${formatBytes(of)}` : found;
}

/** From 0 to 1: a file that grows while it is read gives no more than all. */
export function fractionOf({ done, of }: FilesProgress): number {
  return of > 0 ? Math.min(1, done / of) : 0;
}
