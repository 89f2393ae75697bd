import type { JsonObject, JsonValue } from '../json.ts';
import { isMap, wordOf } from './read.ts';
import type { DvcName, DvcScope } from './scope.ts';
import { lookUp, missing } from './scope.ts';

const NAME = /\\?\$\{([^}]*)\}/g;

/** A text of dvc.yaml with its `${…}`: values of loops written out, params as expressions. */
export function fillText(text: string, scope: DvcScope): string {
  return text.replaceAll(NAME, (whole, name: string) => {
    if (whole.startsWith('\\')) return whole.slice(1);
    const found = lookUp(name, scope);
    if (found) return wordFor(found);
    missing(scope, `\`${whole}\` is not known: it is left as it stands.`);
    return whole;
  });
}

/** The same through a value; one that is a single `${…}` takes the value as it is, a list stays a list. */
export function fillValue(value: JsonValue, scope: DvcScope): JsonValue {
  if (Array.isArray(value)) return value.map((item) => fillValue(item, scope));
  if (isMap(value)) return fillKeys(value, scope);
  if (typeof value !== 'string') return value;
  const [, name] = /^\$\{([^}]*)\}$/.exec(value.trim()) ?? [];
  const found = name === undefined ? null : lookUp(name, scope);
  return found && 'value' in found ? found.value : fillText(value, scope);
}

const fillKeys = (map: JsonObject, scope: DvcScope): JsonObject =>
  Object.fromEntries(Object.entries(map).map(([key, item]) => [fillText(key, scope), fillValue(item, scope)]));

function wordFor(found: DvcName): string {
  if ('expression' in found) return found.expression;
  return isMap(found.value) ? optionsOf(found.value) : wordOf(found.value);
}

/** A map in a command is its options: `{lr: 0.1, deep: {n: 2}, fast: true}` is `--lr 0.1 --deep.n 2 --fast`. */
function optionsOf(map: JsonObject, prefix = ''): string {
  const options = Object.entries(map).flatMap(([key, value]) => {
    const name = prefix + key;
    if (isMap(value)) return [optionsOf(value, `${name}.`)];
    if (typeof value === 'boolean') return value ? [`--${name}`] : [];
    if (Array.isArray(value)) return [`--${name}`, ...value.map((item) => shellWord(wordOf(item)))];
    return [`--${name} ${shellWord(wordOf(value))}`];
  });
  return options.join(' ');
}

/** In quotes where the shell would take it apart. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\"'\"'")}'`;
}
