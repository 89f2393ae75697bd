import { blocksOf, listOf } from '../blocks.ts';
import type { FileView } from '../check/view.ts';
import type { Finding } from '../diagnostic.ts';
import type { Span } from '../positions.ts';
import type { Entry, ScalarNode, TreeNode } from '../syntax/tree.ts';
import { findEntry } from '../syntax/tree.ts';
import { maybeSecret, secretIn, secretNamed } from '../values/secrets.ts';
import { eachUnlessClean } from './clean.ts';
import type { Rule } from './rule.ts';

export const clearSecret: Rule = {
  code: 'CRISOL148',
  severity: 'warning',
  title: 'Secret in clear text',
  check(view) {
    const told = secretsIn(parts(view.root), view);
    const starts = new Set(told.map(({ span }) => span[0]));
    const named = namedValues(view).filter(({ span }) => !starts.has(span[0]));
    return [...told, ...named].map(({ span, what }) => describe(span, what, view));
  },
};

/** The entries of sections, and sections that have none. */
const parts = (root: TreeNode | null): Entry[] =>
  listOf(
    entriesOf(root ?? undefined).flatMap((section) => {
      const entries = entriesOf(section.value);
      return entries.length > 0 ? blocksOf(entries) : [[section]];
    }),
  );

const secretsIn = eachUnlessClean((entry: Entry, view: FileView) =>
  maybeSecret(view.text.slice(...entry.span)) ? scalarsIn(entry.value).flatMap((node) => byForm(node, view)) : [],
);

interface Secret {
  span: Span;
  what: string;
}

/** The secret itself, where it stands letter by letter. */
function byForm({ value, span }: ScalarNode, { text }: FileView): Secret[] {
  const found = typeof value === 'string' ? secretIn(value) : null;
  if (!found) return [];
  const start = text.indexOf(found.secret, span[0]);
  const isThere = start >= 0 && start < span[1];
  return [{ span: isThere ? [start, start + found.secret.length] : span, what: `This looks like ${found.what}` }];
}

/** Entries of the environment, and params. */
function namedValues({ root }: FileView): Secret[] {
  const own = ['env', 'params'].flatMap((key) => entriesWithin(findEntry(root, key)?.value));
  return [...own.flatMap(byName), ...inEnvironments(entriesOf(findEntry(root, 'steps')?.value))];
}

const inEnvironments = eachUnlessClean((step: Entry) => entriesOf(findEntry(step.value, 'env')?.value).flatMap(byName));

function byName({ key, value }: Entry): Secret[] {
  if (value.kind !== 'scalar' || typeof value.value !== 'string' || !secretNamed(key, value.value)) return [];
  return secretIn(value.value) ? [] : [{ span: value.span, what: `\`${key}\` looks like a secret` }];
}

const entriesOf = (node: TreeNode | undefined): Entry[] => (node?.kind === 'map' ? node.entries : []);

function entriesWithin(root: TreeNode | undefined): Entry[] {
  return root ? nodesIn(root).flatMap(entriesOf) : [];
}

const scalarsIn = (root: TreeNode): ScalarNode[] => nodesIn(root).filter((node) => node.kind === 'scalar');

function nodesIn(root: TreeNode): TreeNode[] {
  const seen = new Set<TreeNode>([root]);
  // a set is walked to its end, however it grows
  for (const node of seen) {
    const children =
      node.kind === 'map' ? node.entries.map(({ value }) => value) : node.kind === 'list' ? node.items : [];
    for (const child of children) seen.add(child);
  }
  return [...seen];
}

function describe(span: Span, what: string, { lines }: FileView): Finding {
  return {
    range: lines.range(span),
    message: `${what}, and whoever reads this file can use it: take it from the environment, which steps inherit.`,
  };
}
