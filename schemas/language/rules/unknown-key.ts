import type { Finding } from '../diagnostic.ts';
import type { MapNode } from '../syntax/tree.ts';
import { replacement } from './fixes.ts';
import type { Rule } from './rule.ts';
import { quotedList } from './words.ts';

/** More than these are not listed: the page of the language has them all. */
const LISTED_AT_MOST = 8;

export const unknownKey: Rule = {
  code: 'CRISOL112',
  severity: 'error',
  title: 'Unknown key',
  check({ mismatches, lines }) {
    // made once for each map, which may hold thousands of unknown keys
    const keys = new Map<MapNode, Set<string>>();
    return mismatches.flatMap((mismatch): Finding[] => {
      if (mismatch.kind !== 'unknown-key') return [];
      const { entry, known, owner, map, meant, foreign } = mismatch;
      const present = keys.get(map) ?? new Set(map.entries.map(({ key }) => key));
      keys.set(map, present);
      const free = Object.keys(known).filter((key) => !present.has(key));
      const range = lines.range(entry.keySpan);
      const place = owner ? ` in \`${owner.key}\`` : '';
      // what has no effect yet is no advice
      const useful = free.filter((key) => !known[key]?.later);
      const fixable = meant !== null && free.includes(meant);
      const told = foreign && fixable ? `here it is \`${meant}\`.` : advice(meant, useful, free);
      const message = `\`${entry.key}\` is not known${place}: ${told}`;
      return [{ range, message, fixes: fixable ? [replacement(range, meant)] : undefined }];
    });
  },
};

function advice(meant: string | null, useful: readonly string[], free: readonly string[]): string {
  if (meant) return `did you mean \`${meant}\`${free.includes(meant) ? '' : ', which stands here already'}?`;
  if (useful.length === 0) return 'remove it.';
  if (useful.length > LISTED_AT_MOST) return 'remove it, or correct its name.';
  return `use ${quotedList(useful)}, or remove it.`;
}
