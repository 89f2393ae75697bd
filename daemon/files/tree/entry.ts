import type { Raw } from '../raw.ts';

/** What a folder can hold, in the order of their numbers in lists. */
export const KINDS = ['file', 'executable', 'link', 'folder'] as const;
export type Kind = (typeof KINDS)[number];

/** A line of the list that stands for a folder. */
export interface Entry {
  name: Raw;
  kind: Kind;
  /** of the content; of a link its text, of a folder its list */
  sha256: string;
  /** of a folder: all below */
  bytes: number;
  files: number;
}

export type FolderTotals = Pick<Entry, 'sha256' | 'bytes' | 'files'>;
