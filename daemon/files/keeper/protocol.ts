import type { Digest, FileChanges, FileDigest, FolderDigest } from '../../../schemas/pipelines/digest.ts';
import type { FilesProgress } from '../../../schemas/pipelines/files-progress.ts';
import type { Job, Results } from '../jobs/job.ts';
import type { Collected, StoreUsage } from '../ports.ts';

export interface KeeperOptions {
  workspace: string;
  /** `.crisol/cache` */
  folder: string;
  /** the user's own, which restored files shall have */
  umask: number;
  hardlinks: boolean;
}

export type HelperAnswer =
  | 'ready'
  | { id: number; result: Results[Job['do']] }
  | { id: number; failure: Error | 'stopped' };

/** What the daemon asks of the process, and what it gets. */
export interface Calls {
  digest: { asked: { paths: readonly string[]; throughLinks: boolean }; answer: Map<string, Digest | null> };
  changes: { asked: { before: string; now: string; most: number }; answer: FileChanges | undefined };
  keep: { asked: { path: string }; answer: FileDigest | FolderDigest };
  has: { asked: { digest: Digest }; answer: boolean };
  restore: { asked: { path: string; digest: Digest }; answer: undefined };
  setAside: { asked: { path: string; where: string }; answer: boolean };
  remove: { asked: { path: string }; answer: boolean };
  unprotect: { asked: { path: string }; answer: undefined };
  usage: { asked: object; answer: StoreUsage };
  collect: { asked: { needed: Digest[]; dryRun: boolean }; answer: Collected };
}

export type Call = keyof Calls;

export type Asked<C extends Call> = Calls[C]['asked'];

export interface Request<C extends Call = Call> {
  id: number;
  call: C;
  asked: Asked<C>;
  /** what time it is, in milliseconds since 1970 */
  now: number;
  /** what was looked at ahead is as new as whoever asks needs it; else it counts no more */
  trustsAhead: boolean;
}

/** `lookAhead`, with what time it is: what earlier runs have asked is looked at before anybody asks it again. */
export type Message = Request | { stop: number } | { lookAhead: number };

/** An error loses its code on the way between processes: it goes as its parts. */
export interface CallFailure {
  code: string;
  message: string;
  hint?: string;
}

export type Answer =
  | { id: number; value: Calls[Call]['answer'] }
  | { id: number; failure: CallFailure }
  | ({ id: number } & FilesProgress);
