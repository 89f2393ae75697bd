import type { Diagnostic, DocumentSymbol, Hover, Location } from 'vscode-languageserver';
import { DiagnosticSeverity, MarkupKind, SymbolKind } from 'vscode-languageserver';
import type { DvcDocument, PlacedStage } from '../../schemas/language/dvc/file.ts';
import { dvcFindings, dvcPlaceAt } from '../../schemas/language/dvc/file.ts';
import { namePath, valueOfName } from '../../schemas/language/dvc/scope.ts';
import type { JsonValue } from '../../schemas/language/json.ts';
import type { Position } from '../../schemas/language/positions.ts';
import { indexLines } from '../../schemas/language/positions.ts';
import { parseYaml } from '../../schemas/language/syntax/parse.ts';
import type { Entry, TreeNode } from '../../schemas/language/syntax/tree.ts';
import { findEntry } from '../../schemas/language/syntax/tree.ts';
import { foldersAbove, normalPath } from '../../schemas/language/values/paths.ts';
import { paragraphs } from '../features/describe.ts';
import { code, codeBlock, words } from '../features/markdown.ts';
import { fileIn, folderOf } from '../projects/addresses.ts';

/** More combinations of a loop than these are not listed. */
const MOST_LISTED = 5;

export function dvcDiagnostics(file: DvcDocument, uri: string): Diagnostic[] {
  return dvcFindings(file).map(({ range, message, related = [] }) => ({
    range,
    message,
    severity: DiagnosticSeverity.Error,
    source: 'crisol',
    relatedInformation: related.map((other) => ({ location: { uri, range: other.range }, message: other.message })),
  }));
}

export function dvcSymbols({ root, lines }: DvcDocument): DocumentSymbol[] {
  const stages = findEntry(root, 'stages')?.value;
  return (stages?.kind === 'map' ? stages.entries : []).map((entry) => ({
    name: entry.key,
    kind: SymbolKind.Function,
    range: lines.range(entry.span),
    selectionRange: lines.range(entry.keySpan),
  }));
}

export function dvcHover(file: DvcDocument, position: Position): Hover | null {
  const offset = file.lines.offset(position);
  const place = dvcPlaceAt(file, offset);
  if (!place) return null;
  const { path, node, name } = place;
  const around = file.stages.filter(({ entry }) => entry.key === path[1]?.key && path[0]?.key === 'stages');
  if (name) return told(aboutName(name.text, around, file), file, name.span);
  const key = path.at(-1);
  if (path.length === 2 && key && around.length > 0 && offset <= key.keySpan[1]) {
    return told(around.slice(0, MOST_LISTED).map(aboutStage).join('\n\n---\n\n') + more(around), file, key.keySpan);
  }
  const param = paramNamed(path, node);
  return param === null ? null : told(aboutName(param, around, file), file, node.span);
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

function aboutStage({ dvcName, description, run, deps, outs, params, scope, frozen }: PlacedStage): string {
  const list = (title: string, items: readonly string[]) =>
    items.length > 0 ? `${title}: ${items.map(code).join(', ')}` : '';
  const valued = params.map((name) => `${name} = ${JSON.stringify(valueOfName(name, scope)) ?? 'not there'}`);
  return paragraphs(
    `**stage ${code(dvcName)}**${frozen ? ', frozen' : ''}`,
    description && words(description),
    codeBlock('sh', run),
    [list('reads', deps), list('params', valued), list('writes', outs)].filter((line) => line !== '').join('  \n'),
  );
}

/** An item of a stage's `params`. */
function paramNamed(path: readonly Entry[], node: TreeNode): string | null {
  const isParam = path[0]?.key === 'stages' && path.at(-1)?.key === 'params';
  return isParam && node.kind === 'scalar' && typeof node.value === 'string' ? node.value : null;
}

/** Where a param, a variable or the maker of a dep stands. `read` gives the texts of files beside. */
export function dvcDefinition(
  file: DvcDocument,
  uri: string,
  position: Position,
  read: (path: string) => string | undefined,
): Location[] {
  const place = dvcPlaceAt(file, file.lines.offset(position));
  if (!place) return [];
  const { path, node, name } = place;
  const named = name?.text ?? paramNamed(path, node);
  if (named !== null && named !== undefined) return definitionOfName(named, file, uri, read);
  if (path.at(-1)?.key !== 'deps' || node.kind !== 'scalar') return [];
  const stage = file.stages.find(({ entry }) => entry.key === path[1]?.key);
  const dep = normalPath(stage && stage.wdir !== '.' ? `${stage.wdir}/${node.text}` : node.text);
  const makers = file.stages.filter(({ outs }) => outs.some((out) => [dep, ...foldersAbove(dep)].includes(out)));
  return [...new Set(makers.map(({ entry }) => entry))].map((entry) => ({
    uri,
    range: file.lines.range(entry.keySpan),
  }));
}

function definitionOfName(
  name: string,
  file: DvcDocument,
  uri: string,
  read: (path: string) => string | undefined,
): Location[] {
  const keys = namePath(name) ?? [];
  const own = findEntry(file.root, 'vars')?.value;
  const maps = own?.kind === 'list' ? own.items : [];
  const inside = maps.flatMap((map) => entryAlong(map, keys) ?? []);
  if (inside[0]) return [{ uri, range: file.lines.range(inside[0].keySpan) }];
  for (const path of file.scope.paramsFiles) {
    const text = read(path);
    const entry = text === undefined ? null : entryAlong(parseYaml(text).root, keys);
    if (entry && text !== undefined)
      return [{ uri: fileIn(folderOf(uri), path), range: indexLines(text).range(entry.keySpan) }];
  }
  return [];
}

function entryAlong(root: TreeNode | null, keys: readonly (string | number)[]): Entry | null {
  let [node, found]: [TreeNode | null | undefined, Entry | null] = [root, null];
  for (const key of keys) {
    const entry = findEntry(node, String(key));
    if (!entry) return found;
    [node, found] = [entry.value, entry];
  }
  return found;
}
