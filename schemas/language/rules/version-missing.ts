import { LANGUAGE_VERSION } from '../grammar/file.ts';
import { findEntry } from '../syntax/tree.ts';
import type { Rule } from './rule.ts';

export const versionMissing: Rule = {
  code: 'CRISOL110',
  severity: 'error',
  title: 'Version missing',
  check({ root, role, problems, lines, text }) {
    const unreadable = root ? root.kind !== 'map' || root.partial : problems.length > 0;
    if (role === 'part' || unreadable || findEntry(root, 'version')) return [];
    const first = root?.kind === 'map' ? root.entries[0] : undefined;
    const at = lines.position(root && !(root.kind === 'map' && root.flow) && first ? first.keySpan[0] : text.length);
    const range = first ? lines.range(first.keySpan) : { start: at, end: at };
    const newText = `${lineBreakNeeded(first !== undefined, at.character)}version: ${LANGUAGE_VERSION}\n`;
    const fix = { title: `Add \`version: ${LANGUAGE_VERSION}\``, edits: [{ range: { start: at, end: at }, newText }] };
    const isFlow = root?.kind === 'map' && root.flow;
    return [
      {
        range,
        message: `Say which version of the language this is: add \`version: ${LANGUAGE_VERSION}\` at the top.`,
        fixes: isFlow ? undefined : [fix],
      },
    ];
  },
};

/** In a file without keys it goes to the end, below what comments there are. */
const lineBreakNeeded = (hasKeys: boolean, character: number) => (!hasKeys && character > 0 ? '\n' : '');
