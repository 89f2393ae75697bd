import type { WorkState } from '../../schemas/wire/common.ts';
import { t } from '../texts.ts';
import type { ListPlace } from './run-list.ts';

/** A row of a tree, before VS Code: what the stores draw and the tests read. */
export interface TreeNode {
  /** stays the same while the thing does, so that rows remain open and selected */
  id: string;
  label: string;
  description?: string;
  icon?: Icon;
  /** Markdown; made when somebody looks at it, where there are many */
  tooltip?: string | (() => string);
  /** what screen readers say: the label with everything that an icon or a colour shows */
  spoken?: string;
  /** decides the menus: `viewItem` */
  context?: string;
  open?: { command: string; arguments: unknown[] };
  children?: TreeNode[];
  /** what is brought when the row is opened */
  list?: ListPlace;
  collapsed?: boolean;
  subject?: Subject;
}

export interface Icon {
  id: string;
  color?: string;
}

/** What a row stands for: commands get the row and look here. */
export type Subject =
  | { kind: 'experiment'; id: string; name: string }
  | { kind: 'run'; id: string; name: string; experiment: string }
  | { kind: 'model'; name: string }
  | { kind: 'version'; model: string; version: number }
  | { kind: 'pipeline'; runId?: string }
  /** `of`: as crisol.yaml calls it, where it is a variant */
  | { kind: 'step'; name: string; of?: string; runId?: string }
  | { kind: 'trigger'; name: string }
  | { kind: 'endpoint'; name: string }
  | { kind: 'monitor'; name: string };

export type SubjectKind = Subject['kind'];
export type SubjectOf<Kind extends SubjectKind> = Extract<Subject, { kind: Kind }>;

/** The test explorer's own green is too pale on white. */
export const WORK_ICONS: Record<WorkState, Icon> = {
  pending: { id: 'circle-outline', color: 'disabledForeground' },
  running: { id: 'sync~spin', color: 'charts.blue' },
  succeeded: { id: 'pass', color: 'charts.green' },
  failed: { id: 'error', color: 'testing.iconFailed' },
  cancelled: { id: 'circle-slash', color: 'disabledForeground' },
  skipped: { id: 'debug-step-over', color: 'disabledForeground' },
};

/** A trial that its sweep ended early. */
export const PRUNED_ICON: Icon = { id: 'discard', color: 'disabledForeground' };

/** Rows as they were last heard of: nothing in them moves, and no colour says that it is so now. */
export function lastKnown(nodes: TreeNode[]): TreeNode[] {
  return nodes.map((node) => ({
    ...node,
    icon: node.icon && { id: node.icon.id.replace('~spin', ''), color: 'disabledForeground' },
    spoken: node.spoken && t('{0}, last known state', node.spoken),
    children: node.children && lastKnown(node.children),
  }));
}

/** The parts that there are, with a middle dot between them. */
export function joined(...parts: (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(' · ');
}
