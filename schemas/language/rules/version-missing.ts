import type { FileView } from '../check/view.ts';
import type { Finding, Fix } from '../diagnostic.ts';
import { LANGUAGE_VERSION } from '../grammar/file.ts';
import type { Entry } from '../syntax/tree.ts';
import { findEntry } from '../syntax/tree.ts';
import type { Rule } from './rule.ts';

export const versionMissing: Rule = {
  code: 'CRISOL110',
  severity: 'error',
  title: 'Version missing',
  check(view) {
    const { root, role, problems } = view;
    const unreadable = root ? root.kind !== 'map' || root.partial : problems.length > 0;
    if (role === 'part' || unreadable || findEntry(root, 'version')) return [];
    // a misspelt one is told by its name
    if (root && view.misspelt.get(root)?.has('version')) return [];
    return [describe(view)];
  },
};

function describe(view: FileView): Finding {
  const { root, lines, text } = view;
  const first = root?.kind === 'map' ? root.entries.find(({ inherited }) => !inherited) : undefined;
  const end = lines.position(text.length);
  const fix = first ? above(first, view) : fixAt(text.length, end.character > 0 ? '\n' : '', '', view);
  const isFlow = root?.kind === 'map' && root.flow;
  return {
    range: first ? lines.range(first.keySpan) : { start: end, end },
    message: `Say which version of the language this is: add \`version: ${LANGUAGE_VERSION}\` at the top.`,
    fixes: isFlow || !fix ? undefined : [fix],
  };
}

/** As far in as the first key is; null where that does not begin its line. */
function above({ keySpan: [start] }: Entry, view: FileView): Fix | null {
  const { lines, text } = view;
  const [lineStart] = lines.lineSpan(lines.position(start).line);
  const [, indent] = /^\uFEFF?( *)$/.exec(text.slice(lineStart, start)) ?? [];
  return indent === undefined ? null : fixAt(start, '', indent, view);
}

function fixAt(offset: number, before: string, after: string, { lines }: FileView): Fix {
  const at = lines.position(offset);
  const newText = `${before}version: ${LANGUAGE_VERSION}\n${after}`;
  return { title: `Add \`version: ${LANGUAGE_VERSION}\``, edits: [{ range: { start: at, end: at }, newText }] };
}
