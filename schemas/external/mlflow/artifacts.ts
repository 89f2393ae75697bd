import type { Static } from 'typebox';
import { Type } from 'typebox';
import { maybeText, ofRun } from './common.ts';

export const ListArtifacts = ofRun({ path: maybeText });
export type ListArtifacts = Static<typeof ListArtifacts>;

/** Of the part that keeps the files: paths there begin at its top, not at a run. */
export const ListFiles = Type.Object({ path: maybeText });

export interface MlflowFile {
  path: string;
  is_dir: boolean;
  /** absent for a folder and for an empty file */
  file_size?: number;
}

export interface MlflowFiles {
  files?: MlflowFile[];
}

/** What a client learns before it moves files: no parts of files, no addresses of a bucket. */
export const SERVER_INFO = {
  store_type: 'SqlStore',
  workspaces_enabled: false,
  trace_archival_enabled: false,
  multipart_uploads_enabled: false,
  multipart_downloads_enabled: false,
  presigned_upload_run_id_supported: false,
  presigned_upload_model_id_supported: false,
} as const;

/** Whose interface we answer. From 3.4 on a client would send traces another way, which there is not. */
export const SPOKEN_VERSION = '3.3.0';

/** The client goes on without when an answer begins with these words. */
export const NO_MULTIPART = 'Multipart upload is not supported for the current artifact repository';
