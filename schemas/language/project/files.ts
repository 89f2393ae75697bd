import { pipelineFileRole } from '../protocol.ts';

/**
 * What a file says. `problem`: why it cannot be used, after its name ("is a folder"). `unknown`: nobody has looked yet, so
 * that nothing is said about it.
 */
export type FileAnswer = { text: string } | { problem: string } | 'missing' | 'unknown';

/** The files of a project by their paths from its folder, `/` between folders. Never waits. */
export interface ProjectFiles {
  read(path: string): FileAnswer;
}

/** Far above any file that a person keeps by hand. */
const MAX_BYTES = 5_000_000;

/** Whoever reads the disk says the same of what it does not take. */
export const LEADS_OUT: FileAnswer = { problem: 'leads out of the project' };

/** Half of what is in it would be guessed. */
export const NOT_UTF8 = { problem: 'is not written in UTF-8' } satisfies FileAnswer;

/** Only ordinary files of a sensible size are read: a pipe or a device would never end. */
export function whyNotRead(found: { isFile(): boolean; size: number }): { problem: string } | null {
  return found.isFile() ? whyTooLong(found.size) : { problem: 'cannot be read: it is not a file' };
}

export function whyTooLong(size: number): { problem: string } | null {
  return size > MAX_BYTES ? { problem: `cannot be read: it has over ${MAX_BYTES / 1e6} MB` } : null;
}

/** Files that crisol.yaml may include. */
export const isPartName = (path: string): boolean => pipelineFileRole(path) === 'part';
