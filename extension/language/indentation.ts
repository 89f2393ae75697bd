import type { OnEnterRule } from 'vscode';

/** A key that stands alone, or with what begins a block: what belongs to it stands below, one step in. */
const OPENS = /(?:[^\s#'"{[?:&!%@`-][^:#]*|"[^"]*"|'[^']*')\s*:(?:\s+&[^\s]+)?(?:\s+[|>][-+\d]*)?\s*(?:\s#.*)?$/;

/** vscode.IndentAction.Indent */
const INDENT = 1;

/** VS Code itself keeps to the column of the line above in YAML, as its setting for it says. */
export const ENTER_RULES: OnEnterRule[] = [
  { beforeText: new RegExp(`^\\s*${OPENS.source}`), action: { indentAction: INDENT } },
  // the dash takes two columns, too
  { beforeText: new RegExp(`^\\s*-\\s+${OPENS.source}`), action: { indentAction: INDENT, appendText: '  ' } },
];
