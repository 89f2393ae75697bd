import { CompletionItemKind } from 'vscode-languageserver';
import type { TreeNode } from '../../../schemas/language/syntax/tree.ts';
import type { Choice } from './choice.ts';

/** The one that counts without any, then all that there are. */
export function timeZones(byDefault: unknown): Choice[] {
  const first = String(byDefault);
  const others = Intl.supportedValuesOf('timeZone').filter((zone) => zone !== first);
  return [first, ...others].map((label) => ({
    label,
    kind: CompletionItemKind.EnumMember,
    detail: label === first ? 'default' : undefined,
  }));
}

/** Schedules to begin with, in words. */
const USUAL: readonly [cron: string, words: string][] = [
  ['0 3 * * *', 'every day at 03:00'],
  ['0 3 * * 1-5', 'Monday to Friday at 03:00'],
  ['0 3 * * 1', 'every Monday at 03:00'],
  ['0 3 1 * *', 'the first of each month at 03:00'],
  ['0 * * * *', 'every hour'],
  ['*/15 * * * *', 'every 15 minutes'],
];

/** In quotes, since `*` begins an alias in YAML. */
export function schedules(node: TreeNode): Choice[] {
  const isQuoted = node.kind === 'scalar' && node.quoted;
  return USUAL.map(([cron, detail]) => ({
    label: isQuoted ? cron : JSON.stringify(cron),
    kind: CompletionItemKind.Value,
    detail,
  }));
}
