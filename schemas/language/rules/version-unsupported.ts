import { LANGUAGE_VERSION } from '../grammar/file.ts';
import type { Entry } from '../syntax/tree.ts';
import { findEntry } from '../syntax/tree.ts';
import type { Rule } from './rule.ts';

export const versionUnsupported: Rule = {
  code: 'CRISOL111',
  severity: 'error',
  title: 'Version not supported',
  check({ root, lines, text }) {
    const entry = findEntry(root, 'version');
    const value = entry?.value;
    if (!entry || entry.damaged || value?.kind === 'unknown') return [];
    if (value?.kind === 'scalar' && value.value === LANGUAGE_VERSION) return [];
    const range = lines.range(value?.kind === 'scalar' && value.value !== null ? value.span : entry.keySpan);
    const newText =
      value?.kind === 'scalar' && value.value === null ? `version: ${LANGUAGE_VERSION}` : `${LANGUAGE_VERSION}`;
    const isNewer = value?.kind === 'scalar' && typeof value.value === 'number' && value.value > LANGUAGE_VERSION;
    const advice = isNewer ? ', or update Crisol' : '';
    const edited = value?.kind === 'scalar' && value.value === null ? lines.range(entry.span) : range;
    return [
      {
        range,
        message: `This program reads version ${LANGUAGE_VERSION} of the language: write \`version: ${LANGUAGE_VERSION}\`${advice}.`,
        fixes:
          value?.kind === 'scalar' && isPlainEntry(entry, text)
            ? [{ title: `Write \`version: ${LANGUAGE_VERSION}\``, edits: [{ range: edited, newText }] }]
            : undefined,
      },
    ];
  },
};

/** Not `? version`, whose value stands on a line of its own, and without a tag, which would say how the new value is read. */
function isPlainEntry({ keySpan: [start, end], value }: Entry, text: string): boolean {
  const before = text.slice(Math.max(0, start - 99), start);
  const after = text.slice(end, Math.max(value.span[0], end) + 99);
  return !/\?\s+$/.test(before) && !/^["']?\s*:[^\S\r\n]*(?:&\S+[^\S\r\n]+)?!/.test(after);
}
