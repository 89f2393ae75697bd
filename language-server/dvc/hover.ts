import type { Hover } from 'vscode-languageserver';
import { MarkupKind } from 'vscode-languageserver';
import type { DvcDocument, PlacedStage } from '../../schemas/language/dvc/file.ts';
import { dvcPlaceAt, nameOfPlace } from '../../schemas/language/dvc/file.ts';
import { valueOfName } from '../../schemas/language/dvc/scope.ts';
import { writtenBy } from '../../schemas/language/dvc/step.ts';
import type { JsonValue } from '../../schemas/language/json.ts';
import type { Position } from '../../schemas/language/positions.ts';
import { paragraphs } from '../features/describe.ts';
import { code, codeBlock, words } from '../features/markdown.ts';

/** More combinations of a loop than these are not listed. */
const MOST_LISTED = 5;

export function dvcHover(file: DvcDocument, position: Position): Hover | null {
  const offset = file.lines.offset(position);
  const place = dvcPlaceAt(file, offset);
  if (!place) return null;
  const { path } = place;
  const around = file.stages.filter(({ entry }) => entry.key === path[1]?.key && path[0]?.key === 'stages');
  const name = nameOfPlace(place);
  if (name) return told(aboutName(name.text, around, file), file, name.span);
  const key = path.at(-1);
  if (path.length === 2 && key && around.length > 0 && offset <= key.keySpan[1]) {
    return told(around.slice(0, MOST_LISTED).map(aboutStage).join('\n\n---\n\n') + more(around), file, key.keySpan);
  }
  return null;
}

function told(value: string, { lines }: DvcDocument, span: readonly [number, number]): Hover | null {
  return value === '' ? null : { contents: { kind: MarkupKind.Markdown, value }, range: lines.range(span) };
}

/** In a loop a name has a value for each of its stages. */
function aboutName(name: string, around: readonly PlacedStage[], file: DvcDocument): string {
  const scopes = around.length > 0 ? around : [{ dvcName: '', scope: file.scope }];
  const values = scopes.map(({ dvcName, scope }) => ({ dvcName, value: valueOfName(name, scope) }));
  const known = values.filter(({ value }) => value !== undefined);
  if (known.length === 0) return '';
  const differ = new Set(known.map(({ value }) => JSON.stringify(value))).size > 1;
  const lines = differ
    ? known.slice(0, MOST_LISTED).map(({ dvcName, value }) => `- ${code(dvcName)}: ${shown(value)}`)
    : [shown(known[0]?.value)];
  return paragraphs(`**${code(name)}**`, lines.join('\n') + (differ ? more(known) : ''));
}

const shown = (value: JsonValue | undefined): string => code(JSON.stringify(value) ?? '');
const more = (all: readonly unknown[]): string =>
  all.length > MOST_LISTED ? `\n\n… and ${all.length - MOST_LISTED} more` : '';

function aboutStage(stage: PlacedStage): string {
  const { dvcName, description, run, deps, params, scope, frozen } = stage;
  const list = (title: string, items: readonly string[]) =>
    items.length > 0 ? `${title}: ${items.map(code).join(', ')}` : '';
  const valued = params.map((name) => `${name} = ${JSON.stringify(valueOfName(name, scope)) ?? 'not there'}`);
  return paragraphs(
    `**stage ${code(dvcName)}**${frozen ? ', frozen' : ''}`,
    description && words(description),
    codeBlock('sh', run),
    [list('reads', deps), list('params', valued), list('writes', writtenBy(stage))]
      .filter((line) => line !== '')
      .join('  \n'),
  );
}
