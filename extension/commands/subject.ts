import type { SubjectKind, SubjectOf, TreeNode } from '../views/node.ts';

/** What a command was called on: a row of a tree gives its subject; the palette gives nothing. */
export function subjectOf<Kind extends SubjectKind>(argument: unknown, kind: Kind): SubjectOf<Kind> | undefined {
  const subject = isNode(argument) ? argument.subject : undefined;
  return subject?.kind === kind ? (subject as SubjectOf<Kind>) : undefined;
}

/** Rows pass themselves, links and other commands just the name. */
export function nameOf(argument: unknown, kind: 'endpoint' | 'monitor'): string | undefined {
  return typeof argument === 'string' ? argument : subjectOf(argument, kind)?.name;
}

/** With several rows selected VS Code passes the one clicked on, then all of them. */
export function subjectsOf<Kind extends SubjectKind>(
  clicked: unknown,
  selected: unknown,
  kind: Kind,
): SubjectOf<Kind>[] {
  const rows = Array.isArray(selected) ? selected : [clicked];
  return rows.map((row) => subjectOf(row, kind)).filter((subject) => subject !== undefined);
}

function isNode(argument: unknown): argument is Pick<TreeNode, 'subject'> {
  return typeof argument === 'object' && argument !== null && 'subject' in argument;
}
