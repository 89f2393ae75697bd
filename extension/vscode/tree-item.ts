import * as vscode from 'vscode';
import type { Icon, TreeNode } from '../views/node.ts';

/** Tooltips may link to these commands, and to no others. */
const LINKED_COMMANDS = [
  'crisol.runs.open',
  'crisol.runs.copyId',
  'crisol.models.promote',
  'crisol.endpoints.start',
  'crisol.endpoints.stop',
  'crisol.endpoints.try',
  'crisol.endpoints.copyCurl',
  'crisol.monitors.show',
  'crisol.monitors.setThreshold',
  'crisol.showLog',
  'crisol.daemon.start',
  'crisol.daemon.restart',
  'crisol.file.open',
];

export function toTreeItem(node: TreeNode): vscode.TreeItem {
  const item = new vscode.TreeItem(node.label, collapsibleState(node));
  item.id = node.id;
  item.description = node.description;
  item.iconPath = node.icon && toThemeIcon(node.icon);
  // one that is a function is made when the pointer rests on the row
  if (typeof node.tooltip === 'string') item.tooltip = toMarkdown(node.tooltip);
  item.contextValue = node.context;
  item.command = node.open && { ...node.open, title: node.label };
  if (node.spoken !== undefined) item.accessibilityInformation = { label: node.spoken };
  return item;
}

export function toMarkdown(text: string): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString(text, true);
  markdown.isTrusted = { enabledCommands: LINKED_COMMANDS };
  return markdown;
}

function toThemeIcon({ id, color }: Icon): vscode.ThemeIcon {
  return new vscode.ThemeIcon(id, color === undefined ? undefined : new vscode.ThemeColor(color));
}

function collapsibleState({ children, collapsed }: TreeNode): vscode.TreeItemCollapsibleState {
  if (children === undefined) return vscode.TreeItemCollapsibleState.None;
  return collapsed ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.Expanded;
}
