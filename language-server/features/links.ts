import type { DocumentLink } from 'vscode-languageserver';
import { FORMATS } from '../../schemas/language/grammar/formats.ts';
import type { Span } from '../../schemas/language/positions.ts';
import { findEntry } from '../../schemas/language/syntax/tree.ts';
import { ownSteps } from '../documents/steps.ts';
import { fileIn, folderOf } from '../projects/addresses.ts';
import type { Analysis } from '../projects/analysis.ts';
import { graphIn } from '../projects/whole.ts';

const SCHEME = /^file:/;
const GLOB = /[*?[\]{}]/;

/** Paths lead to their files. Those that a step writes may not be there yet: their definition is that step's out. */
export function documentLinks(analysis: Analysis): DocumentLink[] {
  const { uri, names, project, document } = analysis;
  if (!SCHEME.test(uri)) return [];
  const addressOf = (path: string) => project?.addressOf(path) ?? fileIn(folderOf(uri), path);
  const written = new Set(graphIn(analysis).paths.flatMap(({ writes }) => writes.map(({ value }) => value)));
  const paths = names.filter(
    ({ kind, role, name }) =>
      kind === 'path' && role === 'reference' && !written.has(name) && FORMATS.path.accepts(name) && !GLOB.test(name),
  );
  const named = [...paths.map(({ name, span }) => ({ path: name, span })), ...scriptsIn(analysis)];
  return named.map(({ path, span }) => ({ range: document.lines.range(span), target: addressOf(path) }));
}

/** Words of a command that are files: `python src/train.py`. */
function scriptsIn({ document: { root, text }, project }: Analysis): { path: string; span: Span }[] {
  if (!project) return [];
  return ownSteps(root).flatMap((step) => {
    const run = step.damaged ? undefined : findEntry(step.value, 'run')?.value;
    if (run?.kind !== 'scalar' || text.charAt(run.span[0]) === '*') return [];
    return [...text.slice(...run.span).matchAll(/(?<![\w./$-])(?:\.\/)?([\w-][\w.-]*(?:\/[\w.-]+)*\.\w+)(?![\w/])/g)]
      .filter(([, path = '']) => FORMATS.path.accepts(path) && project.stateOf(path) === 'there')
      .map(({ 0: word, 1: path = '', index }) => {
        const start = run.span[0] + index;
        return { path, span: [start, start + word.length] };
      });
  });
}
