import { valueAt } from '../expressions/evaluate.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { normalPath } from '../values/paths.ts';
import { isMap, listOf, mapOf, readMap, wordOf } from './read.ts';

/** Where DVC looks for params when nothing else is said. */
export const DEFAULT_PARAMS = 'params.yaml';

/** Files beside dvc.yaml by their paths from there, as far as they are there. */
export type DvcFiles = Readonly<Record<string, string>>;

/** What `${…}` may name. */
export interface DvcScope {
  /** files whose values stay where they are: `${lr}` is `${{ params.lr }}` */
  paramsFiles: string[];
  params: JsonObject;
  /** what stands in dvc.yaml itself, and `item` and `key` of a loop: written out */
  values: JsonObject;
  /** a name was asked for that is not known: what was made with it is a guess */
  isGuess: boolean;
  notes: string[];
}

export function fileScope(dvc: JsonObject, files: DvcFiles): DvcScope {
  const scope: DvcScope = { paramsFiles: [], params: {}, values: {}, isGuess: false, notes: [] };
  if (Object.hasOwn(files, DEFAULT_PARAMS)) addFile(DEFAULT_PARAMS, files, scope);
  addVars(dvc.vars, files, scope);
  return scope;
}

/** `vars` of the file or of a stage: maps, and files with all or some of their keys. */
export function addVars(vars: JsonValue | undefined, files: DvcFiles, scope: DvcScope): void {
  for (const entry of listOf(vars)) {
    if (isMap(entry)) scope.values = { ...scope.values, ...entry };
    else addFile(varsPath(wordOf(entry)), files, scope);
  }
}

/** `more.yaml:lr,depth` takes some keys of a file. */
export const varsPath = (entry: string): string => normalPath(entry.replace(/:[^/\\]*$/, ''));

function addFile(path: string, files: DvcFiles, scope: DvcScope): void {
  if (scope.paramsFiles.includes(path)) return;
  const text = Object.hasOwn(files, path) ? files[path] : undefined;
  const read = text === undefined ? { problem: 'It is not there.' } : readMap(text);
  if ('problem' in read || !/\.(ya?ml|json)$/.test(path)) {
    scope.notes.push(
      `\`vars\` of ${path} are left as they are: ${'problem' in read ? read.problem : 'It is not YAML.'}`,
    );
    return;
  }
  scope.paramsFiles.push(path);
  scope.params = { ...scope.params, ...read.map };
}

export type DvcName = { expression: string } | { value: JsonValue };

/** What a name between `${` and `}` stands for; null when that is not known. */
export function lookUp(text: string, { params, values }: DvcScope): DvcName | null {
  const path = namePath(text);
  if (!path) return null;
  const own = valueAt(values, path);
  if (own !== undefined) return { value: own };
  const value = valueAt(params, path);
  if (value === undefined) return null;
  // maps become options of a command, which no expression can write
  return isMap(value) || Array.isArray(value)
    ? { value }
    : { expression: `\${{ params${path.map(written).join('')} }}` };
}

/** What is made without a name that is not known is told as such. */
export function missing(scope: DvcScope, note: string): void {
  scope.isGuess = true;
  scope.notes.push(note);
}

/** What it stands for, wherever it comes from. */
export function valueOfName(text: string, { params, values }: DvcScope): JsonValue | undefined {
  const path = namePath(text);
  return path ? (valueAt(values, path) ?? valueAt(params, path)) : undefined;
}

/** `a.b[0]` and `a[key]` */
export function namePath(text: string): (string | number)[] | null {
  const trimmed = text.trim();
  if (!/^[\w-]+(\.[\w-]+|\[[^\]]+\])*$/.test(trimmed)) return null;
  return (trimmed.match(/[\w-]+|\[[^\]]+\]/g) ?? []).map((part) => {
    const inner = part.startsWith('[') ? part.slice(1, -1).replace(/^(['"])(.*)\1$/, '$2') : part;
    return /^\d+$/.test(inner) ? Number(inner) : inner;
  });
}

const written = (part: string | number): string => {
  if (typeof part === 'number') return `[${part}]`;
  return /^[A-Za-z_][\w-]*$/.test(part) ? `.${part}` : `['${part.replaceAll("'", "''")}']`;
};

/** The same with all values written out: for who reads dvc.yaml itself. */
export const writtenOut = (scope: DvcScope): DvcScope => ({
  ...scope,
  params: {},
  values: { ...scope.params, ...scope.values },
});

/** The values of a loop, in a scope of their own. */
export const within = (scope: DvcScope, values: JsonObject): DvcScope => ({
  ...scope,
  values: { ...scope.values, ...mapOf(values) },
  isGuess: false,
  notes: [],
});
