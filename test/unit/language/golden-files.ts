import type { RegistryFacts } from '../../../schemas/language/check/registry.ts';
import type { Facts } from '../../../schemas/language/check/whole.ts';
import type { FileAnswer, ProjectFiles } from '../../../schemas/language/project/index.ts';
import { foldersAbove } from '../../../schemas/language/values/paths.ts';

/**
 * A case may hold several files. The first begins at the top and is crisol.yaml (of a case named `*.crisol.yaml` it is a part
 * of that name, `case.crisol.yaml`); a line
 *
 *     # --- file: conf/params.yaml
 *
 * begins another, which ends where the next such line stands. `# --- unreadable: PATH` is a file that cannot be read, `# --- unknown:
 * PATH` one that nobody has looked at. In a case with such lines all other paths are missing; in one without, nothing is
 * known of other files. A line
 *
 *     # registry: {"models": [{"name": "outcome", "newest": 3, "aliases": ["champion"]}], "done": []}
 *
 * tells what the registry holds, of which nothing is known without it.
 */
export interface CaseFile {
  path: string;
  text: string;
  kind: 'file' | 'unreadable' | 'unknown';
  /** the line that begins it; of the first there is none */
  heading: string;
}

const HEADING = /^# --- (file|unreadable|unknown): (\S+)\r?\n/gm;

export function filesOfCase(text: string, name: string): CaseFile[] {
  const headings = [...text.matchAll(HEADING)];
  const first = name.includes('.crisol.') ? 'case.crisol.yaml' : 'crisol.yaml';
  const end = (at: number) => headings[at]?.index ?? text.length;
  const others = headings.map(([heading, kind = '', path = ''], at) => {
    const start = (headings[at]?.index ?? 0) + heading.length;
    return { path, text: text.slice(start, end(at + 1)), kind: kind as CaseFile['kind'], heading };
  });
  return [{ path: first, text: text.slice(0, end(0)), kind: 'file', heading: '' }, ...others];
}

/** What the language may read of a case. */
export function projectFilesOf(files: readonly CaseFile[]): ProjectFiles & Facts {
  const others = files.length > 1 ? 'missing' : 'unknown';
  const known = new Map(files.map((file) => [file.path, file]));
  const folders = new Set(files.flatMap(({ path }) => foldersAbove(path)));
  return {
    read(path): FileAnswer {
      const file = known.get(path);
      if (!file) return folders.has(path) ? { problem: 'is a folder' } : others;
      if (file.kind === 'unreadable') return { problem: 'cannot be read' };
      return file.kind === 'unknown' ? 'unknown' : { text: file.text };
    },
    stateOf(path) {
      const file = known.get(path);
      if (file?.kind === 'unknown') return 'unknown';
      return file || folders.has(path) ? 'there' : others;
    },
    registry: () => registryOf(files),
  };
}

export function registryOf(files: readonly CaseFile[]): RegistryFacts | null {
  const said = files.flatMap(({ text }) => /^# registry: (.*)$/m.exec(text)?.[1] ?? [])[0];
  if (said === undefined) return null;
  const { models, done }: { models: RegistryFacts['models']; done: string[] } = JSON.parse(said);
  return { models, hasSucceeded: (step) => done.includes(step) };
}

/** The file that the project begins with. */
export const mainOf = (files: readonly CaseFile[]): string =>
  files.some(({ path }) => path === 'crisol.yaml') ? 'crisol.yaml' : (files[0]?.path ?? '');
