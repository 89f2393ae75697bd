import { FORMATS } from '../grammar/formats.ts';
import { parseYaml } from '../syntax/parse.ts';
import { normalPath } from '../values/paths.ts';
import type { NameKind, Occurrence } from './occurrence.ts';

/** The places that get the new name, or why they cannot. */
export type Renaming<Place> = { places: Place[]; newText: string } | { refused: string };

const TAKES: Record<NameKind, { takes: string; accepts(text: string): boolean }> = {
  step: FORMATS.name,
  endpoint: FORMATS.name,
  monitor: FORMATS.name,
  dataset: FORMATS.name,
  feature: FORMATS.name,
  sweep: FORMATS.name,
  model: FORMATS['model-name'],
  path: FORMATS.path,
  param: { takes: 'a name: letters, digits, `_` and `-`', accepts: (text) => /^[A-Za-z_][\w-]*$/.test(text) },
};

/** The name at all its places at once, or why it cannot be. `newName` of a param replaces its last part. */
export function renaming<Place extends Occurrence>(
  occurrences: readonly Place[],
  target: Occurrence,
  newName: string,
): Renaming<Place> {
  const { kind, name } = target;
  const rule = TAKES[kind];
  if (!rule.accepts(newName)) return { refused: `"${newName}" is not ${rule.takes.replaceAll(/`([^`]+)`/g, '“$1”')}.` };
  if (!isPlainText(newName)) {
    return { refused: `YAML would not read "${newName}" as a text: choose a name that needs no quotes.` };
  }
  const renamed = kind === 'param' ? [...name.split('.').slice(0, -1), newName].join('.') : newName;
  const same = occurrences.filter((other) => isSame(other, target));
  if (nameOf(kind, renamed) !== name && occurrences.some((other) => other.kind === kind && other.name === renamed)) {
    return { refused: `There is a ${kind} "${renamed}" already: choose another name.` };
  }
  if (same.some(({ dotted }) => dotted) && !/^[\w-]+$/.test(newName)) {
    return { refused: `"${newName}" cannot follow a dot in an expression: use letters, digits, _ and -.` };
  }
  return { places: same, newText: newName };
}

export const isSame = (one: Occurrence, other: Occurrence): boolean =>
  one.kind === other.kind && one.name === other.name;

const nameOf = (kind: NameKind, text: string): string => (kind === 'path' ? normalPath(text) : text);

/** Without quotes it is read as what it says, alone and as a key, in blocks and in brackets. */
export function isPlainText(name: string): boolean {
  const { root, problems } = parseYaml(`{${name}: [${name}]}`);
  if (problems.length > 0 || root?.kind !== 'map') return false;
  const [entry, second] = root.entries;
  const item = entry?.value.kind === 'list' ? entry.value.items[0] : undefined;
  return !second && entry?.key === name && item?.kind === 'scalar' && item.value === name;
}
