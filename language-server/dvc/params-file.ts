import type { Hover, Location } from 'vscode-languageserver';
import { MarkupKind } from 'vscode-languageserver';
import { dvcUses, isAbout } from '../../schemas/language/dvc/names.ts';
import type { Occurrence } from '../../schemas/language/names/occurrence.ts';
import type { Position } from '../../schemas/language/positions.ts';
import { listed } from '../../schemas/language/suggest.ts';
import { paragraphs } from '../features/describe.ts';
import { code } from '../features/markdown.ts';
import type { Source } from '../projects/sources.ts';
import { nameAt } from '../projects/sources.ts';
import type { OpenDvc } from './documents.ts';

/** A params file, and the dvc.yaml that names it by this path. */
export interface DvcParamsFile extends OpenDvc {
  source: Source;
  path: string;
}

/** Which stages name the param at the cursor. */
export function dvcParamHover(params: DvcParamsFile, position: Position): Hover | null {
  const { source } = params;
  const param = nameAt(source, position);
  if (!param) return null;
  const stages = [...new Set(usesOf(param, params).map(({ stage }) => code(stage)))];
  const uses = stages.length > 0 ? `Named by ${listed(stages)} of dvc.yaml.` : 'No stage of dvc.yaml names it.';
  const value = paragraphs(`**${code(param.name)}**`, uses);
  return { contents: { kind: MarkupKind.Markdown, value }, range: source.document.lines.range(param.span) };
}

export function dvcParamDefinition({ source }: DvcParamsFile, position: Position): Location[] {
  const param = nameAt(source, position);
  return param ? [placeOf(param, source)] : [];
}

export function dvcParamReferences(params: DvcParamsFile, position: Position, withDefinition: boolean): Location[] {
  const { source, uri, file } = params;
  const param = nameAt(source, position);
  if (!param) return [];
  const uses = usesOf(param, params).map(({ span }) => ({ uri, range: file.lines.range(span) }));
  return withDefinition ? [placeOf(param, source), ...uses] : uses;
}

const usesOf = ({ name }: Occurrence, { file, path }: DvcParamsFile) =>
  dvcUses(file, path).filter((use) => isAbout(use.name, name));

const placeOf = ({ span }: Occurrence, { uri, document }: Source): Location => ({
  uri,
  range: document.lines.range(span),
});
