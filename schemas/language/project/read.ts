import type { WrongInput } from '../check/whole.ts';
import { FORMATS } from '../grammar/formats.ts';
import type { Located } from '../model.ts';
import type { PipelineFile } from '../parse.ts';
import type { PipelineFileRole } from '../protocol.ts';
import { PIPELINE_FILE_NAME } from '../protocol.ts';
import { roundOf } from '../suggest.ts';
import { findEntry } from '../syntax/tree.ts';
import { normalPath } from '../values/paths.ts';
import type { FileAnswer, ProjectFiles } from './files.ts';
import { isPartName } from './files.ts';
import type { ParamsFile } from './params-files.ts';

/** One file of the language, and what is wrong with the files that it names. */
export interface Member {
  path: string;
  file: PipelineFile;
  wrongInputs: WrongInput[];
}

export interface ReadFiles {
  /** crisol.yaml, then what it includes, each followed by what that includes */
  members: Member[];
  /** all of them are there and could be read */
  complete: boolean;
  /** in the order in which later ones win */
  params: ParamsFile[];
  /** all that `params` names is among them */
  namesAllParams: boolean;
}

export type ParseFile = (path: string, text: string, role: PipelineFileRole) => PipelineFile;
export type ReadParams = (path: string, answer: FileAnswer) => ParamsFile;
export interface Readers {
  parse: ParseFile;
  params: ReadParams;
}

/** Far above what anybody splits a project into; nobody shall be made to read a disk. */
const MOST_FILES = 500;

/** Follows `include` and `params`. Each file is read once, however many name it. */
export function readFiles(main: string, files: ProjectFiles, readers: Readers): ReadFiles {
  // a part alone is never all there is
  const isWhole = !isPartName(main);
  const found = { members: [], complete: isWhole, namesAllParams: isWhole };
  const reading: Reading = { ...found, files, readers, paramsFiles: new Map(), open: [] };
  follow(main, files.read(main), reading);
  const { members, complete, namesAllParams, paramsFiles } = reading;
  return { members, complete, namesAllParams, params: [...paramsFiles.values()] };
}

interface Reading extends Omit<ReadFiles, 'params'> {
  files: ProjectFiles;
  readers: Readers;
  paramsFiles: Map<string, ParamsFile>;
  /** the files on the way to where we are, with the places that name the next */
  open: { path: string; at?: Located<string> }[];
}

function follow(path: string, answer: FileAnswer, reading: Reading): void {
  if (answer === 'missing' || answer === 'unknown' || 'problem' in answer) {
    reading.complete = false;
    return;
  }
  const role = path === PIPELINE_FILE_NAME || !isPartName(path) ? 'main' : 'part';
  const file = reading.readers.parse(path, answer.text, role);
  const member: Member = { path, file, wrongInputs: [] };
  reading.members.push(member);
  if (hides(file, 'include')) reading.complete = false;
  if (hides(file, 'params')) reading.namesAllParams = false;
  for (const place of file.model.params.files) takeParams(place, member, reading);
  const here: Reading['open'][number] = { path };
  reading.open.push(here);
  for (const place of file.model.includes) {
    here.at = place;
    include(place, member, reading);
  }
  reading.open.pop();
}

/** What the key names could not be read, or only in part. */
function hides({ view: { root, misspelt } }: PipelineFile, key: 'include' | 'params'): boolean {
  if (root?.kind !== 'map') return root !== null;
  const entry = findEntry(root, key);
  if (!entry) return root.partial || (misspelt.get(root)?.has(key) ?? false);
  const { value, damaged } = entry;
  if (value.kind === 'map' && key === 'params') return damaged;
  const items = value.kind === 'list' ? value.items : [value];
  return damaged || items.some((item) => item.kind !== 'scalar' || !(item.value === null || isPath(item.value)));
}

const isPath = (value: unknown): boolean => typeof value === 'string' && FORMATS.path.accepts(value);

function include(place: Located<string>, member: Member, reading: Reading): void {
  const path = normalPath(place.value);
  // what is no path has been told
  if (!isPath(place.value)) return;
  if (reading.open.some((above) => above.path === path)) {
    member.wrongInputs.push(circle(path, place.range, reading));
    return;
  }
  if (reading.members.some((other) => other.path === path)) return;
  const answer = reading.files.read(path);
  const message = whyNot(place.value, answer, reading);
  if (message === null) {
    follow(path, answer, reading);
    return;
  }
  reading.complete = false;
  member.wrongInputs.push({ kind: 'unusable', at: place.range, message });
}

function whyNot(name: string, answer: FileAnswer, { members }: Reading): string | null {
  if (!isPartName(name)) return `\`include\` takes files named \`*.crisol.yaml\`: rename \`${name}\`.`;
  if (members.length >= MOST_FILES) return `A project has at most ${MOST_FILES} files: put some together.`;
  if (answer === 'missing') return `There is no file \`${name}\`: make it, or correct the path.`;
  return typeof answer === 'object' && 'problem' in answer
    ? `\`${name}\` ${answer.problem}: name a file that can be read.`
    : null;
}

function circle(path: string, at: WrongInput['at'], { open }: Reading): WrongInput {
  const from = open.findIndex((above) => above.path === path);
  const round = open.slice(from);
  if (round.length === 1) return { kind: 'circle', at, message: `\`${path}\` includes itself: remove this.` };
  const names = roundOf(round.map((file) => file.path));
  const message = `These files include each other: ${names}. Remove one of the places that make the circle.`;
  const here = round.at(-1)?.path;
  const related = round.flatMap((file, step) => {
    const next = round[step + 1]?.path ?? path;
    if (!file.at) return [];
    const place = { range: file.at.range, message: `${file.path} includes ${next}` };
    return [file.path === here ? place : { path: file.path, ...place }];
  });
  return { kind: 'circle', at, message, related };
}

function takeParams({ value, range }: Located<string>, member: Member, reading: Reading): void {
  if (!isPath(value)) return;
  const path = normalPath(value);
  const known = reading.paramsFiles.get(path) ?? reading.readers.params(path, reading.files.read(path));
  // one that is named again comes later
  reading.paramsFiles.delete(path);
  reading.paramsFiles.set(path, known);
  const { wrong } = known;
  if (wrong) member.wrongInputs.push({ kind: 'unusable', at: range, message: wrong.message, related: wrong.related });
}
