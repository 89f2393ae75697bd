import type { JsonObject, JsonValue } from '../json.ts';
import { isMap, mapOf, wordOf } from './read.ts';
import type { DvcFiles, DvcScope } from './scope.ts';
import { addVars, lookUp, missing, within } from './scope.ts';

/** One stage as DVC runs it: those of a loop each for themselves. */
export interface DvcStage {
  /** as DVC calls it: `train@us` */
  name: string;
  /** its key under `stages` */
  template: string;
  definition: JsonObject;
  scope: DvcScope;
}

export function stagesOf(dvc: JsonObject, scope: DvcScope, files: DvcFiles): DvcStage[] {
  return Object.entries(mapOf(dvc.stages)).flatMap(([template, stage]) => expand(template, mapOf(stage), scope, files));
}

function expand(template: string, stage: JsonObject, outer: DvcScope, files: DvcFiles): DvcStage[] {
  const one = (suffix: string | null, values: JsonObject, definition: JsonObject): DvcStage => {
    const scope = within(outer, values);
    addVars(definition.vars, files, scope);
    return { name: suffix === null ? template : `${template}@${suffix}`, template, definition, scope };
  };
  if (stage.foreach !== undefined) {
    const definition = mapOf(stage.do);
    return loopOf(resolved(stage.foreach, outer)).map(({ key, values }) => one(key, values, definition));
  }
  if (stage.matrix !== undefined) {
    return combinations(mapOf(resolved(stage.matrix, outer)), outer).map(({ key, item }) =>
      one(key, { item, key }, stage),
    );
  }
  return [one(null, {}, stage)];
}

/** `${datasets}`, whose content decides which stages there are. */
function resolved(value: JsonValue, scope: DvcScope): JsonValue {
  const [, name] = typeof value === 'string' ? (/^\$\{([^}]*)\}$/.exec(value.trim()) ?? []) : [];
  if (name === undefined) return value;
  const found = lookUp(name, scope);
  if (found && 'value' in found) return found.value;
  missing(scope, `\`${wordOf(value)}\` is not known, so that its stages are not either: they are left out.`);
  return [];
}

function loopOf(items: JsonValue): { key: string; values: JsonObject }[] {
  if (isMap(items)) return Object.entries(items).map(([key, item]) => ({ key, values: { item, key } }));
  if (!Array.isArray(items)) return [];
  const simple = items.every((item) => !isMap(item) && !Array.isArray(item));
  return items.map((item, at) => ({ key: simple ? wordOf(item) : String(at), values: { item } }));
}

/** Each value of the first with each of the next, the last changing soonest. */
function combinations(matrix: JsonObject, scope: DvcScope): { key: string; item: JsonObject }[] {
  let all: { key: string[]; item: JsonObject }[] = [{ key: [], item: {} }];
  for (const [name, given] of Object.entries(matrix)) {
    const values = resolved(given, scope);
    all = all.flatMap(({ key, item }) =>
      (Array.isArray(values) ? values : [values]).map((value, at) => ({
        key: [...key, typeof value === 'object' && value !== null ? `${name}${at}` : wordOf(value)],
        item: { ...item, [name]: value },
      })),
    );
  }
  return all.map(({ key, item }) => ({ key: key.join('-'), item }));
}
