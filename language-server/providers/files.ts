import type { FileAnswer } from '../../schemas/language/project/index.ts';

export interface FolderEntry {
  name: string;
  isFolder: boolean;
}

export interface Column {
  name: string;
  /** where the file says it */
  type?: string;
}

/** How much is in a table. */
export interface Extent {
  rows: { count: number; areMore: boolean };
  bytes: number;
  /** in milliseconds since 1970 */
  writtenAt: number;
}

/**
 * What the file system has, below a folder (an address such as `file:///home/me/project`). No answer is waited for: what nobody
 * has looked at is `unknown`, is looked at then, and `onChange` tells that there is more to know.
 */
export interface Files {
  read(folder: string, path: string): FileAnswer;
  stateOf(folder: string, path: string): 'there' | 'missing' | 'unknown';
  columnsOf(folder: string, path: string): readonly Column[] | null;
  list(folder: string, path: string): readonly FolderEntry[] | null;
  /** something was asked for and has not come yet */
  isLooking(): boolean;
  /** all that was asked for has come, or so much time has passed */
  settled(ms: number): Promise<void>;
  onChange(listener: () => void): void;
  /** something at this address, or below it, came, went or changed */
  changed(addresses: readonly string[]): void;
  /** what is known of folders in which, and below which, none of these lies is forgotten */
  keep(addresses: readonly string[]): void;
}
