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

/** Files that crisol.yaml may include. */
export const isPartName = (path: string): boolean => pipelineFileRole(path) === 'part';
