import type { TreeNode } from './node.ts';

interface Given {
  /** the same object for as long as the row is there: VS Code knows rows by it */
  node: TreeNode;
  look: string;
  /** what was handed out below it; undefined before anybody asked, and while that is being read */
  children: string[] | undefined;
}

/** What VS Code was given of a tree, so that only rows that look otherwise are drawn again, however much goes on. */
export class Drawn {
  private readonly given = new Map<string, Given>();
  private roots: string[] | undefined;

  /** Hands out the rows below `parent`, or the first ones. */
  give(parent: TreeNode | undefined, fresh: readonly TreeNode[]): TreeNode[] {
    const below = parent && this.given.get(parent.id);
    const ids = fresh.map(({ id }) => id);
    this.forgetAllBut(new Set(ids), below ? below.children : this.roots);
    if (below) below.children = ids;
    else if (!parent) this.roots = ids;
    return fresh.map((node) => this.put(node));
  }

  /** The rows below it are being read: until they are given, nothing is missing there. */
  await(node: TreeNode): void {
    const given = this.given.get(node.id);
    if (given) given.children = undefined;
  }

  /** The rows to draw again, or 'all'. */
  differences(fresh: readonly TreeNode[]): TreeNode[] | 'all' {
    if (this.roots === undefined || !isSame(this.roots, fresh)) return 'all';
    const changed: TreeNode[] = [];
    this.compare(fresh, changed);
    return changed;
  }

  private compare(fresh: readonly TreeNode[], changed: TreeNode[]): void {
    for (const node of fresh) {
      const given = this.given.get(node.id);
      if (!given) continue;
      const look = lookOf(node);
      const hasOthers = given.children !== undefined && !isSame(given.children, node.children ?? []);
      if (look !== given.look || hasOthers) changed.push(given.node);
      given.look = look;
      become(given.node, node);
      if (given.children !== undefined && !hasOthers) this.compare(node.children ?? [], changed);
    }
  }

  private put(node: TreeNode): TreeNode {
    const given = this.given.get(node.id);
    if (!given) {
      this.given.set(node.id, { node, look: lookOf(node), children: undefined });
      return node;
    }
    given.look = lookOf(node);
    return become(given.node, node);
  }

  private forgetAllBut(stay: Set<string>, ids: string[] = []): void {
    for (const id of ids) {
      if (stay.has(id)) continue;
      const given = this.given.get(id);
      this.given.delete(id);
      this.forgetAllBut(new Set(), given?.children);
    }
  }
}

function isSame(ids: readonly string[], nodes: readonly TreeNode[]): boolean {
  return ids.length === nodes.length && nodes.every(({ id }, at) => id === ids[at]);
}

/** All that a row shows by itself. */
function lookOf({ label, description, icon, tooltip, spoken, context, children }: TreeNode): string {
  const text = typeof tooltip === 'string' ? tooltip : undefined;
  return JSON.stringify([label, description, icon, text, spoken, context, children !== undefined]);
}

function become(node: TreeNode, fresh: TreeNode): TreeNode {
  for (const key of Object.keys(node)) if (!(key in fresh)) Reflect.deleteProperty(node, key);
  return Object.assign(node, fresh);
}
