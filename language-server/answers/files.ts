import type { Known } from '../known/known.ts';
import type { FileAnswers } from './answers.ts';
import { aboutDvc, aboutDvcParams } from './dvc-file.ts';
import { aboutParams } from './params-file.ts';
import { aboutPipeline } from './pipeline-file.ts';

/** What the newest version of a file has to say, if it is open or belongs to an open one; nothing of any other. */
export function aboutFile(uri: string, { workspace, dvc, live }: Known, docs: string | undefined): FileAnswers {
  const stages = dvc.of(uri);
  if (stages) return aboutDvc(stages, uri, (path) => dvc.read(uri, path));
  const analysis = workspace.analysisOf(uri);
  if (analysis) return aboutPipeline(analysis, live, docs);
  const [params, ofStages] = [workspace.paramsFileOf(uri), dvc.paramsFileOf(uri)];
  // where both name the file, its names lead to crisol.yaml
  return { ...(ofStages && aboutDvcParams(ofStages)), ...(params && aboutParams(params)) };
}
