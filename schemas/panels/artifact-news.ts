import { modelPlace } from './artifact-paths.ts';

/** What changed among a run's files, as the daemon says it. */
export interface ArtifactNews {
  paths: readonly string[];
  /** models that it logged, some of whose files did */
  model_ids: readonly string[];
}

/** Whether a file may be another now, or gone: also with a folder that it was in. */
export function touchesFile(news: ArtifactNews, file: string): boolean {
  return touches(news, file, (changed) => isWithin(file, changed));
}

/** Whether what lies in a folder, or deeper, may be other: a model that is new lies at the top. */
export function touchesFolder(news: ArtifactNews, folder: string): boolean {
  if (folder === '' && news.model_ids.length > 0) return true;
  return touches(news, folder, (changed) => isWithin(changed, folder) || isWithin(folder, changed));
}

function touches({ paths, model_ids }: ArtifactNews, shown: string, isNear: (changed: string) => boolean): boolean {
  const model = modelPlace(shown);
  return model === undefined ? paths.some(isNear) : model_ids.includes(model.model_id);
}

function isWithin(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}
