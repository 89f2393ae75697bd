import * as vscode from 'vscode';
import { systemClock } from '../daemon/clock.ts';
import type { DaemonLink } from '../daemon/link.ts';
import { t } from '../texts.ts';
import { toMarkdown, toTreeItem } from '../vscode/tree-item.ts';
import { coalesce } from './coalesce.ts';
import { Drawn } from './drawn.ts';
import type { TreeNode } from './node.ts';
import { lastKnown } from './node.ts';
import type { Room, Stores } from './stores.ts';

const FASTEST_REDRAW_MS = 100;

export interface TreeOptions {
  id: string;
  /** What it shows something of: once all is known. First rows that come later redraw the view, and what one unfolds just then folds again. */
  rooms: Room[];
  /** `stopped`: what needs a daemon to go on does not go on */
  draw(now: number, stopped: boolean): TreeNode[];
  /** brings what stands below a row that is opened */
  open?(node: TreeNode): Promise<void>;
  many?: boolean;
  /** rows without rows below them */
  flat?: boolean;
}

/** A view over a room or two: what their stores draw; greyed words say when the daemon is away, the rows stay. */
export class CrisolTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  readonly view: vscode.TreeView<TreeNode>;
  readonly onDidChangeTreeData: vscode.Event<TreeNode[] | undefined>;
  private readonly changed = new vscode.EventEmitter<TreeNode[] | undefined>();
  private readonly drawn = new Drawn();
  private readonly options: TreeOptions;
  private readonly stores: Stores;
  private readonly link: DaemonLink;
  private readonly disposables: vscode.Disposable[];
  /** the root is asked for before the daemon has answered: the view shows that it works on it */
  private known = Promise.withResolvers<void>();

  constructor(options: TreeOptions, stores: Stores, link: DaemonLink) {
    this.options = options;
    this.stores = stores;
    this.link = link;
    this.onDidChangeTreeData = this.changed.event;
    this.view = vscode.window.createTreeView(options.id, {
      treeDataProvider: this,
      canSelectMany: options.many,
      showCollapseAll: !options.flat,
    });
    const redraw = coalesce(systemClock, FASTEST_REDRAW_MS, () => this.redraw());
    const listening = stores.onChange((room) => {
      if (options.rooms.includes(room)) redraw();
    });
    const visible = this.view.onDidChangeVisibility(redraw);
    this.disposables = [this.view, this.changed, listening, visible, link.onState(redraw)];
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    if (!node) {
      if (this.isComing()) await this.known.promise;
      return this.drawn.give(undefined, this.rows());
    }
    if (this.options.open) {
      this.drawn.await(node);
      await this.options.open(node);
    }
    return this.drawn.give(node, pathTo(this.rows(), node.id).at(-1)?.children ?? []);
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    return toTreeItem(node);
  }

  resolveTreeItem(item: vscode.TreeItem, { tooltip }: TreeNode): vscode.TreeItem {
    if (typeof tooltip === 'function') item.tooltip = toMarkdown(tooltip());
    return item;
  }

  /** Asked only of rows that are to be revealed. */
  getParent({ id }: TreeNode): TreeNode | undefined {
    return pathTo(this.rows(), id).at(-2);
  }

  /** Goes on from this row, once it is drawn: it has the focus and the selection then. */
  async goTo(id: string): Promise<void> {
    const row = pathTo(this.rows(), id).at(-1);
    if (!row) return;
    this.redraw();
    await this.view.reveal(row, { select: true, focus: true });
  }

  /** "2 minutes ago" grows old by itself; nobody sees it in a hidden view. */
  age(): void {
    if (this.view.visible) this.redraw();
  }

  dispose(): void {
    this.known.resolve();
    for (const item of this.disposables) item.dispose();
  }

  private rows(): TreeNode[] {
    const { kind } = this.link.state;
    const rows = this.options.draw(Date.now(), kind === 'stopped' || kind === 'failed');
    return kind === 'connected' ? rows : lastKnown(rows);
  }

  private isComing(): boolean {
    const { kind } = this.link.state;
    return !this.stores.isLoaded(...this.options.rooms) && (kind === 'starting' || kind === 'connected');
  }

  private redraw(): void {
    this.view.message = this.stores.isLoaded(...this.options.rooms) ? awayMessage(this.link) : undefined;
    if (this.isComing()) return;
    this.known.resolve();
    this.known = Promise.withResolvers();
    const changed = this.drawn.differences(this.rows());
    if (changed.length > 0) this.changed.fire(changed === 'all' ? undefined : changed);
  }
}

/** From the outermost row to the one with that id; empty when there is none. */
function pathTo(rows: readonly TreeNode[], id: string): TreeNode[] {
  for (const row of rows) {
    if (row.id === id) return [row];
    const below = pathTo(row.children ?? [], id);
    if (below.length > 0) return [row, ...below];
  }
  return [];
}

/** Only when there are rows to stand over: an empty view says it in its welcome. */
function awayMessage({ state }: DaemonLink): string | undefined {
  if (state.kind === 'reconnecting' || state.kind === 'starting') return t('reconnecting…');
  if (state.kind === 'stopped') return t('The Crisol daemon is stopped.');
  if (state.kind === 'failed') return `${state.problem.code}: ${state.problem.message}`;
  return undefined;
}
