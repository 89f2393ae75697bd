import { existsSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import type { Diagnostic } from '../../../schemas/language/diagnostic.ts';
import type { Project } from '../../../schemas/language/project/index.ts';
import { readProject } from '../../../schemas/language/project/index.ts';
import { PIPELINE_FILE_NAME, pipelineFileRole } from '../../../schemas/language/protocol.ts';
import { diskOf } from '../../project/index.ts';

/** A text in the place of what the disk has. */
interface Draft {
  path: string;
  text: string;
}

/** What is wrong with a file, as `crisol lint` tells it: the one place that decides what is looked at beside its text. */
export function checkFile(path: string, text: string): readonly Diagnostic[] {
  const file = resolve(path);
  const { folder, main } = projectOf(file);
  const own = pathIn(folder, file);
  const project = readAt(folder, main, { path: own, text });
  return project.diagnosticsOf(own).map((found) => shownFromHere(found, folder));
}

/** Files that crisol.yaml includes belong to it: who names it means them, too. */
export function withParts(paths: readonly string[]): string[] {
  const all = paths.flatMap((path) => {
    if (basename(path) !== PIPELINE_FILE_NAME || !existsSync(path)) return [path];
    const { members } = readAt(dirname(resolve(path)), PIPELINE_FILE_NAME);
    return [path, ...members.slice(1).map((member) => join(dirname(path), member.path))];
  });
  return [...new Map(all.map((path) => [resolve(path), path])).values()];
}

/** For a part the nearest crisol.yaml above, if that includes it. */
function projectOf(file: string): { folder: string; main: string } {
  const alone = { folder: dirname(file), main: basename(file) };
  if (pipelineFileRole(file) !== 'part') return alone;
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    if (existsSync(join(folder, PIPELINE_FILE_NAME))) {
      const { members } = readAt(folder, PIPELINE_FILE_NAME);
      const isIncluded = members.some(({ path }) => path === pathIn(folder, file));
      return isIncluded ? { folder, main: PIPELINE_FILE_NAME } : alone;
    }
    if (folder === dirname(folder)) return alone;
  }
}

/** The disk stays as it is until all files are checked, so that each project is read once. */
const known = new Map<string, Project>();

function readAt(folder: string, main: string, draft?: Draft): Project {
  const disk = diskOf(folder);
  const answer = draft && disk.read(draft.path);
  const isOnDisk = typeof answer === 'object' && 'text' in answer && answer.text === draft?.text;
  if (draft && !isOnDisk) {
    const read = (path: string) => (path === draft.path ? { text: draft.text } : disk.read(path));
    return readProject(main, { read }, { facts: disk });
  }
  const key = join(folder, main);
  const project = known.get(key) ?? readProject(main, disk, { facts: disk });
  known.set(key, project);
  return project;
}

const pathIn = (folder: string, file: string): string => relative(folder, file).replaceAll('\\', '/');

function shownFromHere(found: Diagnostic, folder: string): Diagnostic {
  const related = found.related?.map(({ path, ...place }) => {
    return path === undefined ? place : { ...place, path: relative(process.cwd(), join(folder, path)) };
  });
  return { ...found, related };
}
