import type { Hover } from 'vscode-languageserver';
import { MarkupKind } from 'vscode-languageserver';
import type { FileView } from '../../../schemas/language/check/view.ts';
import type { Occurrence } from '../../../schemas/language/names/occurrence.ts';
import type { Position } from '../../../schemas/language/positions.ts';
import { rangesTouch } from '../../../schemas/language/positions.ts';
import { listed } from '../../../schemas/language/suggest.ts';
import type { Navigable } from '../../projects/sources.ts';
import { nameAt } from '../../projects/sources.ts';
import { paragraphs } from '../describe.ts';
import { code } from '../markdown.ts';

const NOBODY =
  'Nothing in crisol.yaml names it. A step whose script reads it runs again for another value once its `params` name it.';

/** In a file that `params` names: who uses the param at the cursor, its group, or what is in it. */
export function paramOfFileHover(file: Navigable, position: Position): Hover | null {
  const param = nameAt(file, position);
  if (!param || !file.project) return null;
  const views = file.project.project.members.map(({ file: { view } }) => view);
  const users = [...new Set(views.flatMap((view) => usersIn(view, param)))];
  const value = paragraphs(
    `**${code(`params.${param.name}`)}**`,
    users.length > 0 ? `Named by ${listed(users.map(code))}.` : NOBODY,
  );
  return { contents: { kind: MarkupKind.Markdown, value }, range: file.document.lines.range(param.span) };
}

/** Steps by their names, other places by their section. */
function usersIn(view: FileView, param: Occurrence): string[] {
  const { names, lines, model, root } = view;
  const uses = names.filter(
    ({ kind, role, name }) => kind === 'param' && role === 'reference' && isAbout(name, param.name),
  );
  return uses.flatMap(({ span: [start, end] }) => {
    const range = lines.range([start, end]);
    const step = model.steps.find((one) => rangesTouch(one.range, range));
    if (step) return [step.name];
    const section =
      root?.kind === 'map' ? root.entries.find(({ span }) => span[0] <= start && end <= span[1]) : undefined;
    return section ? [section.key] : [];
  });
}

/** `train` is about `train.lr`, and the reverse. */
const isAbout = (one: string, other: string): boolean =>
  one === other || one.startsWith(`${other}.`) || other.startsWith(`${one}.`);
