import { CompletionItemKind } from 'vscode-languageserver';
import type { FormatName } from '../../../schemas/language/grammar/formats.ts';
import type { TreeNode } from '../../../schemas/language/syntax/tree.ts';
import type { Choice } from './choice.ts';

interface Amounts {
  /** to begin with, while no number is typed */
  usual: readonly string[];
  /** what may follow a number, in words */
  units: Readonly<Record<string, string>>;
}

const AMOUNTS: Partial<Record<FormatName, Amounts>> = {
  duration: {
    usual: ['30s', '10m', '1h', '1d', '90d'],
    units: { s: 'seconds', m: 'minutes', h: 'hours', d: 'days', ms: 'milliseconds' },
  },
  size: {
    usual: ['512Mi', '1Gi', '2Gi', '8Gi', '16Gi'],
    units: { Mi: 'mebibytes', Gi: 'gibibytes', M: 'megabytes', G: 'gigabytes' },
  },
  percentage: { usual: ['5%', '25%', '50%', '100%'], units: { '%': 'of all' } },
  limit: { usual: ['> 1%', '> 5%', '> 100', '> 500'], units: {} },
};

/** What a time, a size, a share or a limit may be: each unit for the number that is typed, else usual ones. */
export function amounts(format: FormatName, typed: string, node: TreeNode): Choice[] | null {
  const known = AMOUNTS[format];
  if (!known) return null;
  const isQuoted = node.kind === 'scalar' && node.quoted;
  const [number = ''] = /^\d+(\.\d+)?/.exec(typed) ?? [];
  const units = number === '' ? [] : Object.entries(known.units);
  const ofNumber = units.map(([unit, detail]) => ({ label: `${number}${unit}`, detail }));
  const usual = known.usual.map((label) => ({ label, detail: undefined }));
  return (ofNumber.length > 0 ? ofNumber : usual).map(({ label, detail }) => ({
    // `>` begins a text over several lines in YAML
    label: isQuoted || !label.startsWith('>') ? label : JSON.stringify(label),
    kind: CompletionItemKind.Value,
    detail,
  }));
}
