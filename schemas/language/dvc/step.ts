import { FORMATS } from '../grammar/formats.ts';
import type { JsonValue } from '../json.ts';
import { normalPath } from '../values/paths.ts';
import { isMap, listOf, mapOf, namedItem, wordOf } from './read.ts';
import { DEFAULT_PARAMS } from './scope.ts';
import type { DvcStage } from './stages.ts';
import { fillText, fillValue, shellWord } from './template.ts';

/** A stage in the words of crisol.yaml, and what of it has none. */
export interface ConvertedStep {
  name: string;
  run: string;
  deps: string[];
  params: string[];
  outs: string[];
  metrics: string[];
  plots: string[];
  description: string;
  notes: string[];
  /** DVC does not run it: its outs are taken as they are */
  frozen: boolean;
}

/** The same before it has a name, with where its paths begin. */
export interface ConvertedStage extends Omit<ConvertedStep, 'name'> {
  dvcName: string;
  wdir: string;
}

const NOT_SAID = ['meta', 'always_changed', 'no_exec', 'live'];

export function convertStage({ name, definition, scope }: DvcStage): ConvertedStage {
  const notes: string[] = [];
  const wdir = normalPath(fillText(wordOf(definition.wdir ?? '.'), scope));
  const place = (path: string) => placed(path, wdir, notes);
  const deps = itemsOf(fillValue(definition.deps ?? null, scope)).flatMap(({ name: path }) => place(path));
  const writtenTo = (kind: 'outs' | 'metrics' | 'plots') => [
    ...new Set(outsOf(kind, fillValue(definition[kind] ?? null, scope), place, notes)),
  ];
  const written = { outs: writtenTo('outs'), metrics: writtenTo('metrics'), plots: writtenTo('plots') };
  const params = paramsOf(listOf(fillValue(definition.params ?? null, scope)), wdir, notes);
  for (const key of NOT_SAID) {
    if (definition[key] !== undefined)
      notes.push(`\`${key}\` has no counterpart here: a step without deps and outs runs each time.`);
  }
  return {
    dvcName: name,
    wdir,
    run: scriptOf(definition.cmd ?? null, wdir, scope),
    deps: [...new Set([...deps, ...params.files.flatMap(place)])],
    params: params.names,
    ...written,
    description: fillText(wordOf(definition.desc ?? ''), scope).trim(),
    notes: [...new Set([...scope.notes, ...notes])],
    frozen: definition.frozen === true,
  };
}

/** All that it writes: DVC counts metrics and plots among its outs. */
export const writtenBy = ({ outs, metrics, plots }: Pick<ConvertedStep, 'outs' | 'metrics' | 'plots'>): string[] => [
  ...outs,
  ...metrics,
  ...plots,
];

const itemsOf = (value: JsonValue) => listOf(value).map(namedItem);

function outsOf(kind: string, value: JsonValue, place: (path: string) => string[], notes: string[]): string[] {
  return itemsOf(value).flatMap(({ name, options }) => {
    const paths = place(name);
    const told = Object.keys(mapOf(options)).filter((key) => key !== 'cache' && key !== 'desc');
    if (told.length > 0 && kind === 'outs') notes.push(`${name}: \`${told.join('`, `')}\` has no counterpart here.`);
    return paths;
  });
}

/** A path from the folder of the file. What lies outside of it is nothing that the pipeline could wait for. */
function placed(path: string, wdir: string, notes: string[]): string[] {
  const inside = normalPath(path.startsWith('/') || path.includes('://') || wdir === '.' ? path : `${wdir}/${path}`);
  if (!path.includes('://') && !path.startsWith('/') && FORMATS.path.accepts(inside)) return [inside];
  notes.push(`${path} lies outside of this folder: it is left out.`);
  return [];
}

/** Names in params.yaml are params; of other files the whole file is a dep. */
function paramsOf(entries: readonly JsonValue[], wdir: string, notes: string[]): { names: string[]; files: string[] } {
  const names: string[] = [];
  const files: string[] = [];
  const add = (file: string, keys: string[]) => {
    if (normalPath(`${wdir}/${file}`) === DEFAULT_PARAMS && keys.length > 0) names.push(...keys);
    else {
      files.push(file);
      if (keys.length > 0) notes.push(`${file}: DVC looks only at \`${keys.join('`, `')}\` in it.`);
    }
  };
  for (const entry of entries) {
    if (isMap(entry)) for (const [file, keys] of Object.entries(entry)) add(file, listOf(keys).map(wordOf));
    else add(DEFAULT_PARAMS, [wordOf(entry)]);
  }
  return { names: [...new Set(names)], files };
}

/** DVC runs each line of a command in a shell of its own, and stops at the first that fails. */
function scriptOf(command: JsonValue, wdir: string, scope: DvcStage['scope']): string {
  const lines = listOf(command)
    .flatMap((item) => wordOf(item).split(/\r\n|\r|\n/))
    .map((line) => fillText(line, scope).trim())
    .filter((line) => line !== '');
  const enter = wdir === '.' ? [] : [`cd ${wdir.includes('${{') ? `"${wdir}"` : shellWord(wdir)}`];
  const [only = ''] = lines;
  return [...enter, ...(lines.length === 1 ? [only] : lines.map(inItsOwnShell))].join('\n');
}

/** A comment must not take the bracket along. */
const inItsOwnShell = (line: string): string => (line.includes('#') ? `(${line}\n)` : `(${line})`);
