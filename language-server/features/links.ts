import type { DocumentLink } from 'vscode-languageserver';
import { FORMATS } from '../../schemas/language/grammar/formats.ts';
import type { Analysis } from '../documents/analysis.ts';

const SCHEME = /^file:/;
const GLOB = /[*?[\]{}]/;

/** Paths lead to their files. Those that a step writes may not be there yet: their definition is that step's out. */
export function documentLinks({ uri, names, document: { lines } }: Analysis): DocumentLink[] {
  if (!SCHEME.test(uri)) return [];
  const paths = names.filter(({ kind }) => kind === 'path');
  const written = new Set(paths.filter(({ role }) => role === 'definition').map(({ name }) => name));
  return paths
    .filter(({ name }) => !written.has(name) && FORMATS.path.accepts(name) && !GLOB.test(name))
    .map(({ name, span }) => ({
      range: lines.range(span),
      target: new URL(name.split('/').map(encodeURIComponent).join('/'), uri).href,
    }));
}
