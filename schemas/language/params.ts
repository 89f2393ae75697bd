import { valueAt } from './expressions/evaluate.ts';
import type { JsonObject, JsonValue } from './json.ts';
import type { PipelineModel } from './model.ts';
import { mergeObjects } from './project/merge.ts';
import type { ParamsFile } from './project/params-files.ts';
import { readParamsFile } from './project/params-files.ts';
import { closest } from './suggest.ts';
import { parseYaml } from './syntax/parse.ts';
import { toJson, toJsonObject } from './syntax/to-json.ts';

export interface GatheredParams {
  params: JsonObject;
  /** files that hold no map, or broken YAML: what to mend */
  problems: string[];
  /** an override of something that is not there, in words: most likely a slip of the pen */
  unknown: string | null;
}

/**
 * The params of a run: those in the file, or of its params files in their order, later ones over earlier ones, and then
 * overrides by dotted name, their texts read as YAML reads them ("0.1" is a number).
 */
export function gatherParams(
  model: PipelineModel,
  files: readonly { path: string; text: string }[] = [],
  overrides: Readonly<Record<string, string>> = {},
): GatheredParams {
  const read = files.map(({ path, text }) => readParamsFile(path, { text }));
  const problems = read.flatMap(({ wrong }) => (wrong ? [wrong.message] : []));
  let params = mergeParams(model.params.values, read);
  const unknown = unknownOverride(Object.keys(overrides), params);
  for (const [name, text] of Object.entries(overrides)) {
    params = withParam(params, name, scalarOf(text));
  }
  return { params, problems, unknown };
}

/** With another value for the param of that dotted name. */
export const withParam = (params: JsonObject, name: string, value: JsonValue): JsonObject =>
  mergeObjects(params, nested(name.split('.'), value));

/** `train.seed` names `seed` in `train`, unless a param is called so itself. */
export const isParam = (name: string, params: JsonObject): boolean =>
  Object.hasOwn(params, name) || valueAt(params, name.split('.')) !== undefined;

function unknownOverride(names: string[], params: JsonObject): string | null {
  const name = names.find((one) => valueAt(params, one.split('.')) === undefined);
  if (name === undefined) return null;
  const known = Object.keys(params);
  const near = closest(name, known);
  const hint = near ? `did you mean "${near}"?` : `there are: ${known.join(', ') || 'none'}.`;
  return `There is no param "${name}"; ${hint}`;
}

function scalarOf(text: string): JsonValue {
  const { root, problems } = parseYaml(text);
  return root && problems.length === 0 ? toJson(root) : text;
}

const nested = ([first = '', ...rest]: readonly string[], value: JsonValue): JsonObject =>
  Object.fromEntries([[first, rest.length > 0 ? nested(rest, value) : value]]);

/** Of files as they were read, as far as they hold maps. */
export function mergeParams(values: JsonObject, files: readonly Pick<ParamsFile, 'content'>[]): JsonObject {
  return files.reduce((params, { content }) => {
    return content?.root?.kind === 'map' ? mergeObjects(params, toJsonObject(content.root)) : params;
  }, values);
}
