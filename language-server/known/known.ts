import type { DvcDocuments } from '../dvc/documents.ts';
import type { Live } from '../live/live.ts';
import type { Workspace } from '../projects/workspace.ts';
import type { DiskFiles } from '../providers/disk-files.ts';
import type { OpenTexts } from './open-texts.ts';

/** What is known on behalf of one editor. */
export interface Known {
  texts: OpenTexts;
  files: DiskFiles;
  workspace: Workspace;
  dvc: DvcDocuments;
  live: Live;
}
