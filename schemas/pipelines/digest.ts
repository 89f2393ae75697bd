/** What lies at a path: equal digests mean equal contents, wherever and whenever they were taken. */
export type Digest = FileDigest | FolderDigest | LinkDigest;

export interface FileDigest {
  kind: 'file';
  /** of its bytes, as `sha256sum` prints it */
  sha256: string;
  bytes: number;
  /** always false on Windows, which has no such mark */
  executable: boolean;
}

export interface FolderDigest {
  kind: 'folder';
  /** of the names in it and of what each of them is; `.git` and `.crisol` never count */
  sha256: string;
  /** of all files below */
  bytes: number;
  /** all files and links below */
  files: number;
  /** of what links in it lead to beyond it; only where that was asked for, and there are such */
  behind?: string;
}

/** A link that was named itself. Those within a folder count with their text in its sha256, and with what they lead to in `behind`. */
export interface LinkDigest {
  kind: 'link';
  /** of the text of its target */
  sha256: string;
  /** the text of its target; bytes that are not UTF-8 stand as `\xff` */
  target: string;
  /** what it leads to, so that a change of that is not missed; null: nothing there, or out of the workspace where nobody asked for that */
  to: FileDigest | FolderDigest | null;
}

export interface FileChange {
  /** within the folder, with `/`; bytes that are not UTF-8 stand as `\xff` */
  path: string;
  change: 'added' | 'removed' | 'modified';
  /** null where it was not there, or is not there any more, or is a link */
  bytesBefore: number | null;
  bytesNow: number | null;
}

export interface FileChanges {
  /** the first of them, in the order of their names */
  changes: FileChange[];
  added: number;
  removed: number;
  modified: number;
}
