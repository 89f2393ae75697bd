import { paramNamesIn } from '../../schemas/language/names/find.ts';
import type { Occurrence } from '../../schemas/language/names/occurrence.ts';
import type { LineIndex, Position } from '../../schemas/language/positions.ts';
import type { ParamsFile, Project } from '../../schemas/language/project/index.ts';
import { touches } from '../documents/spans.ts';
import type { OpenProject } from './projects.ts';

/** A file with the names that stand in it: one of ours, or a params file. */
export interface Source {
  uri: string;
  document: { text: string; lines: LineIndex };
  names: readonly Occurrence[];
  /** not all names could be read */
  isBroken: boolean;
}

/** What is asked about names: a file, and the project in which they may stand elsewhere. */
export interface Navigable extends Pick<Source, 'uri' | 'document' | 'names'> {
  project?: OpenProject;
  view?: { problems: readonly { kind: string }[] };
}

const known = new WeakMap<Project, Source[]>();

/** All files in which a name of this one may stand, itself among them. */
export function sourcesOf(file: Navigable): Source[] {
  const { project: open, uri, document, names, view } = file;
  if (!open) return [{ uri, document, names, isBroken: isBroken(view) }];
  return sourcesIn(open);
}

export function sourcesIn({ project, addressOf }: OpenProject): Source[] {
  const sources = known.get(project);
  if (sources) return sources;
  const ours = project.members.map(({ path, file }) => ({
    uri: addressOf(path),
    document: file.document,
    names: file.names,
    isBroken: isBroken(file.view),
  }));
  const params = project.paramsFiles.flatMap((file) => paramsSource(file, addressOf(file.path)) ?? []);
  known.set(project, [...ours, ...params]);
  return [...ours, ...params];
}

/** A params file as names stand in it; null while it was not read. */
export function paramsSource({ content, wrong }: ParamsFile, uri: string): Source | null {
  return content && { uri, document: content, names: paramNamesIn(content), isBroken: wrong !== undefined };
}

const isBroken = (view: Navigable['view']): boolean => view?.problems.some(({ kind }) => kind === 'syntax') ?? false;

/** The name at a place; a cursor at its end is still at it. */
export function nameAt({ names, document }: Pick<Source, 'names' | 'document'>, position: Position) {
  const offset = document.lines.offset(position);
  return names.find(({ span }) => touches(span, offset));
}
