import type { ArtifactEntry, ArtifactPreview, RunOrigin, ToRunDetails } from '../../schemas/panels/run-details.ts';
import type { ErrorBody } from '../../schemas/wire/common.ts';

export interface FolderContent {
  /** what was there when it was last read */
  entries: ArtifactEntry[] | null;
  problem: ErrorBody | null;
}

/** What the extension answered about the run, as far as it was asked. */
export interface DetailsState {
  /** by path; the top is '' */
  folders: ReadonlyMap<string, FolderContent>;
  preview: { path: string; preview: ArtifactPreview } | null;
  origin: RunOrigin | null;
  originProblem: ErrorBody | null;
}

export const NO_DETAILS: DetailsState = { folders: new Map(), preview: null, origin: null, originProblem: null };

export function reduceDetails(state: DetailsState, message: ToRunDetails): DetailsState {
  switch (message.type) {
    case 'runs/artifacts':
      return withFolder(state, message.folder, { entries: message.entries, problem: null });
    case 'runs/artifacts-failed': {
      const entries = state.folders.get(message.folder)?.entries ?? null;
      return withFolder(state, message.folder, { entries, problem: message.problem });
    }
    case 'runs/preview':
      return { ...state, preview: { path: message.path, preview: message.preview } };
    case 'runs/origin':
      return { ...state, origin: message.origin, originProblem: null };
    case 'runs/origin-failed':
      return { ...state, originProblem: message.problem };
  }
}

function withFolder(state: DetailsState, path: string, content: FolderContent): DetailsState {
  return { ...state, folders: new Map([...state.folders, [path, content]]) };
}
