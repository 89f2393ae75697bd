import type { Span } from '../positions.ts';
import type { ExpressionNode } from './ast.ts';
import { childrenOf } from './ast.ts';
import { functionNamed } from './functions.ts';

export type ReferencePath = readonly (string | number)[];

/** One name with what follows it: `steps.train.outs[0]`. */
export interface Reference {
  /** as far as it is known without running anything: of `params[matrix.x]` it is `params` */
  path: ReferencePath;
  /** of each part of the path */
  spans: readonly Span[];
  span: Span;
  /** more follows that only running tells */
  open: boolean;
  /** `a || b`: should `a` not be there, `b` stands in for it */
  hasDefault: boolean;
}

export function referencesOf(node: ExpressionNode): Reference[] {
  return collect(node, false);
}

function collect(node: ExpressionNode, hasDefault: boolean): Reference[] {
  if (node.kind === 'binary' && node.operator === '||') {
    return [...collect(node.left, true), ...collect(node.right, hasDefault)];
  }
  if (node.kind !== 'context' && node.kind !== 'property' && node.kind !== 'all') {
    return childrenOf(node).flatMap((child) => collect(child, false));
  }
  const chain = chainOf(node);
  if (!chain) return childrenOf(node).flatMap((child) => collect(child, false));
  const { inner, ...reference } = chain;
  return [{ ...reference, span: node.span, hasDefault }, ...inner.flatMap((child) => collect(child, false))];
}

interface Chain extends Omit<Reference, 'span' | 'hasDefault'> {
  spans: Span[];
  path: (string | number)[];
  /** expressions between brackets */
  inner: ExpressionNode[];
}

/** Null where it does not begin with a name: `fromJSON('…').a`. */
function chainOf(node: ExpressionNode): Chain | null {
  if (node.kind === 'context') return { path: [node.name], spans: [node.span], open: false, inner: [] };
  if (node.kind !== 'property' && node.kind !== 'all') return null;
  const chain = chainOf(node.of);
  if (!chain) return null;
  if (node.kind === 'all') return { ...chain, open: true };
  const { index, nameSpan } = node;
  const isKnown = index.kind === 'literal' && (typeof index.value === 'string' || typeof index.value === 'number');
  if (!isKnown)
    return { ...chain, open: true, inner: index.kind === 'missing' ? chain.inner : [...chain.inner, index] };
  if (chain.open) return chain;
  return {
    ...chain,
    path: [...chain.path, index.value as string | number],
    spans: [...chain.spans, nameSpan],
  };
}

/** Functions whose answer only running tells: `failure()`, `hashFiles(…)`. */
export function laterCallsOf(node: ExpressionNode): string[] {
  const own = node.kind === 'call' && functionNamed(node.name)?.later ? [node.name] : [];
  return [...own, ...childrenOf(node).flatMap(laterCallsOf)];
}
