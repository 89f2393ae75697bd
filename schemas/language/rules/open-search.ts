import type { FileView } from '../check/view.ts';
import { stepEntries } from '../check/view.ts';
import type { Finding } from '../diagnostic.ts';
import type { Entry, TreeNode } from '../syntax/tree.ts';
import { findEntry } from '../syntax/tree.ts';
import { eachUnlessClean } from './clean.ts';
import type { Rule } from './rule.ts';
import { quotedList } from './words.ts';

/** Each key is right by itself; together they leave open what would be done. */
export const openSearch: Rule = {
  code: 'CRISOL152',
  severity: 'error',
  title: 'A sweep or folds that leave something open',
  check: (view) => [...inSweeps(sweepsOf(view), view), ...inFolds(stepEntries(view), view)],
};

function sweepsOf({ root }: FileView): Entry[] {
  const sweeps = findEntry(root, 'sweeps')?.value;
  return sweeps?.kind === 'map' ? sweeps.entries : [];
}

const inSweeps = eachUnlessClean(openSweep);
const inFolds = eachUnlessClean(openFolds);

function openSweep(sweep: Entry, { lines }: FileView): Finding[] {
  const space = findEntry(sweep.value, 'space')?.value;
  if (!isWhole(sweep) || space?.kind !== 'map' || textAt(sweep.value, 'sampler') !== 'grid') return [];
  const endless = space.entries.find(isEndless);
  if (!endless) return [];
  const message = `A grid needs values that can be listed: give \`${endless.key}\` a \`step\`, or \`choice\`.`;
  return [{ range: lines.range(endless.keySpan), message }];
}

/** Any number between two. */
function isEndless({ value, damaged }: Entry): boolean {
  if (damaged || value.kind !== 'map' || value.partial) return false;
  const range = findEntry(value, 'float')?.value ?? findEntry(value, 'log')?.value;
  if (range?.kind !== 'list' || findEntry(value, 'step')) return false;
  const [low, high] = range.items;
  return low?.kind === 'scalar' && high?.kind === 'scalar' && low.value !== high.value;
}

const NEEDED: Record<string, string[]> = {
  stratified: ['target'],
  grouped: ['group'],
  stratified_grouped: ['target', 'group'],
  leave_one_group_out: ['group'],
};

function openFolds(step: Entry, { lines, misspelt }: FileView): Finding[] {
  const folds = findEntry(step.value, 'folds');
  const kind = textAt(folds?.value, 'kind');
  if (!folds || !isWhole(step) || !isWhole(folds) || misspelt.get(folds.value)) return [];
  const missing = (NEEDED[kind] ?? []).filter((key) => !findEntry(folds.value, key));
  if (missing.length === 0) return [];
  const columns = missing.length === 1 ? 'the name of a column' : 'names of columns';
  const message = `\`folds\` of kind \`${kind}\` need ${quotedList(missing, 'and')}: ${columns}.`;
  return [{ range: lines.range(folds.keySpan), message }];
}

const isWhole = ({ value, damaged }: Entry): boolean => !damaged && value.kind === 'map' && !value.partial;

function textAt(node: TreeNode | undefined, key: string): string {
  const value = findEntry(node, key)?.value;
  return value?.kind === 'scalar' && typeof value.value === 'string' ? value.value : '';
}
