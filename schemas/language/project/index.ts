import type { Facts, Whole } from '../check/whole.ts';
import { NO_FACTS } from '../check/whole.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { JsonObject } from '../json.ts';
import type { PipelineModel } from '../model.ts';
import { mergeParams } from '../params.ts';
import { parsePipelineFile } from '../parse.ts';
import { graphOf } from '../plan/paths.ts';
import { runRules } from '../rules/index.ts';
import type { ProjectFiles } from './files.ts';
import { mergeModels } from './merge.ts';
import type { ParamsFile } from './params-files.ts';
import { readParamsFile } from './params-files.ts';
import type { Member, ParseFile, Readers, ReadParams } from './read.ts';
import { readFiles } from './read.ts';

export type { FileAnswer, ProjectFiles } from './files.ts';
export type { ParamsFile } from './params-files.ts';
export { readParamsFile } from './params-files.ts';

/** crisol.yaml with everything that it includes, and its params files. */
export interface Project {
  members: readonly Member[];
  /** no file is missing, unreadable or not yet read */
  complete: boolean;
  paramsFiles: readonly ParamsFile[];
  /** all files as one; params those of params files too, as far as they could be read */
  model: PipelineModel;
  /** null where not all are known */
  params: JsonObject | null;
  /** the order of all steps */
  graph(): Pick<Whole, 'paths' | 'edges'>;
  diagnosticsOf(path: string): Diagnostic[];
}

export interface ProjectOptions {
  /** what the disk has; without it, nothing is said about files that nobody makes */
  facts?: Facts;
  /** both for those who remember what they read */
  parse?: ParseFile;
  params?: ReadParams;
}

const FRESH: Readers = { parse: (_, text, role) => parsePipelineFile(text, { role }), params: readParamsFile };

/** Any files whatever give a project; nothing is thrown. */
export function readProject(main: string, files: ProjectFiles, options: ProjectOptions = {}): Project {
  const read = readFiles(main, files, { ...FRESH, ...options });
  const { members, complete, params: paramsFiles } = read;
  const own = mergeModels(members.map(({ file }) => file.model));
  const allParams = mergeParams(own.params.values, paramsFiles);
  const model = { ...own, params: { ...own.params, values: allParams } };
  const areRead = paramsFiles.every(({ content, wrong }) => content !== null && !wrong);
  const params = areRead && read.namesAllParams ? allParams : null;
  const views = members.map(({ path, file }) => ({ path, view: file.view }));
  const whole = wholeOfAll(members, { complete, model, params, files: views, facts: options.facts ?? NO_FACTS });
  return {
    members,
    complete,
    paramsFiles,
    model,
    params,
    graph: whole,
    diagnosticsOf(path) {
      const member = members.find((other) => other.path === path);
      if (!member) return [];
      return runRules({ ...member.file.view, whole: { ...whole(), path, wrongInputs: member.wrongInputs } });
    },
  };
}

type Told = 'path' | 'wrongInputs';
type Known = Omit<Whole, Told | 'paths' | 'edges' | 'fileOf'>;

/** The graph of many steps takes its time: made when the first file is asked about. */
function wholeOfAll(members: readonly Member[], known: Known): () => Omit<Whole, Told> {
  let whole: Omit<Whole, Told> | undefined;
  return () => {
    whole ??= { ...known, ...graphOfAll(members, known), fileOf: filesOfSteps(members) };
    return whole;
  };
}

/** A file that stands for itself has its graph already. */
function graphOfAll([first, ...others]: readonly Member[], { model }: Known): Pick<Whole, 'paths' | 'edges'> {
  const isAlone = first && others.length === 0 && model.params.files.length === 0;
  return isAlone ? first.file.view : graphOf(model);
}

/** None are noted where there is no other file. */
function filesOfSteps(members: readonly Member[]): Map<string, string> {
  const files = new Map<string, string>();
  if (members.length > 1)
    for (const { path, file } of members) {
      for (const { name } of file.model.steps) if (!files.has(name)) files.set(name, path);
    }
  return files;
}
