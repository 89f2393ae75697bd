import { LIMITS } from './limits.ts';
import type { TreeNode } from './tree.ts';

/** The anchors that stand above a piece. */
export type Anchors = ReadonlyMap<string, TreeNode>;

export const NO_ANCHORS: Anchors = new Map();

/** The anchors of a piece while it is read, and which of those above it asked for. */
export class AnchorScope {
  readonly defined = new Map<string, TreeNode>();
  /** what the piece asked for and got from above; undefined: there is none */
  readonly asked = new Map<string, TreeNode | undefined>();
  /** nodes that its aliases stand for */
  aliasNodes = 0;
  readonly #above: Anchors;

  constructor(above: Anchors) {
    this.#above = above;
  }

  find(name: string): TreeNode | undefined {
    const own = this.defined.get(name);
    if (own) return own;
    const found = this.#above.get(name);
    this.asked.set(name, found);
    return found;
  }

  /** False once the aliases stand for more than anybody wants. */
  count(size: number): boolean {
    this.aliasNodes += size;
    return this.aliasNodes <= LIMITS.aliasNodes;
  }
}
