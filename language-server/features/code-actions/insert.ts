import type { TextEdit } from '../../../schemas/language/diagnostic.ts';
import type { Entry, MapNode, TreeNode } from '../../../schemas/language/syntax/tree.ts';
import { findEntry, isNothing } from '../../../schemas/language/syntax/tree.ts';
import { withoutBlankEnd } from '../../documents/spans.ts';
import type { Analysis } from '../../projects/analysis.ts';
import { eolOf, insertion } from './change.ts';

/** A value as it is to be written: on one line, or as lines below its key. */
export interface NewEntry {
  key: string;
  /** between brackets, and beside its key */
  short: string;
  /** below its key, without their indentation */
  lines?: string[];
}

/** Adds an entry at the end of a map, in the way that the map is written. Null where nobody can tell how. */
export function addTo(owner: Entry | null, map: TreeNode, entry: NewEntry, analysis: Analysis): TextEdit | null {
  if (map.kind === 'map' && map.flow) return addToFlow(map, entry, analysis);
  if (map.kind === 'map' && map.entries.some(({ inherited }) => !inherited)) return addBelow(map, entry, analysis);
  if (!isNothing(map) || !owner) return null;
  const { lines } = analysis.document;
  const { line, character } = lines.position(owner.keySpan[0]);
  const [, end] = lines.lineSpan(line);
  return insertion(end, below(entry, character + 2, analysis), lines);
}

function addToFlow({ entries, span }: MapNode, { key, short }: NewEntry, { document }: Analysis): TextEdit | null {
  const own = entries.filter(({ inherited }) => !inherited);
  const last = own.at(-1);
  const at = last ? Math.max(last.span[1], last.value.span[1]) : span[0] + 1;
  // within the brackets, or an alias has its content elsewhere
  if (at <= span[0] || at >= span[1]) return null;
  return insertion(at, `${last ? ', ' : ''}${key}: ${short}`, document.lines);
}

function addBelow(map: MapNode, entry: NewEntry, analysis: Analysis): TextEdit | null {
  const { lines, text } = analysis.document;
  const own = map.entries.filter(({ inherited }) => !inherited);
  const [first] = own;
  const last = own.at(-1);
  if (!first || !last) return null;
  const column = lines.position(first.keySpan[0]).character;
  const [, end] = withoutBlankEnd(last.span, text);
  const [, lineEnd] = lines.lineSpan(lines.position(end).line);
  return insertion(lineEnd, below(entry, column, analysis), lines);
}

function below({ key, short, lines }: NewEntry, column: number, { document }: Analysis): string {
  const eol = eolOf(document.text);
  const indent = ' '.repeat(column);
  if (!lines) return `${eol}${indent}${key}: ${short}`.trimEnd();
  return `${eol}${indent}${key}:${lines.map((line) => `${eol}${indent}  ${line}`).join('')}`;
}

/** An entry of a section at the top, which is made where there is none: params before the steps, all else at the end. */
export function addToSection(section: string, entry: NewEntry, analysis: Analysis): TextEdit | null {
  const { root, lines, text } = analysis.document;
  const owner = findEntry(root, section);
  if (owner) return owner.damaged ? null : addTo(owner, owner.value, entry, analysis);
  if (root?.kind !== 'map' || root.flow) return null;
  const eol = eolOf(text);
  const written = `${section}:${below(entry, 2, analysis)}${eol}`;
  const steps = section === 'params' ? findEntry(root, 'steps') : undefined;
  if (steps) {
    return insertion(lines.lineSpan(firstLineOf(steps, analysis))[0], `${written}${eol}`, lines);
  }
  const end = lines.position(text.trimEnd().length);
  return { range: { start: end, end: lines.position(text.length) }, newText: `${eol}${eol}${written}` };
}

/** Its own, or that of the comments right above it. */
export function firstLineOf({ keySpan }: Entry, { document: { lines, text } }: Analysis): number {
  let { line } = lines.position(keySpan[0]);
  while (line > 0 && /^\s*#/.test(text.slice(...lines.lineSpan(line - 1)))) line--;
  return line;
}

/** A name in a list of a step such as `needs`: one, several, or none yet. */
export function addToList(step: Entry, key: string, item: string, analysis: Analysis): TextEdit | null {
  const { lines, text } = analysis.document;
  const list = findEntry(step.value, key);
  if (!list) return addTo(step, step.value, { key, short: `[${item}]` }, analysis);
  const { value } = list;
  if (value.kind === 'scalar' && value.value !== null) {
    return { range: lines.range(value.span), newText: `[${text.slice(...value.span)}, ${item}]` };
  }
  if (value.kind !== 'list') return null;
  const last = value.items.at(-1);
  if (!last) return { range: lines.range(value.span), newText: `[${item}]` };
  const [, end] = withoutBlankEnd(last.span, text);
  const isFlow = text.charAt(value.span[0]) === '[';
  if (isFlow) return insertion(end, `, ${item}`, lines);
  const dash = text.lastIndexOf('-', last.span[0]);
  const [, lineEnd] = lines.lineSpan(lines.position(end).line);
  return insertion(lineEnd, `${eolOf(text)}${' '.repeat(lines.position(dash).character)}- ${item}`, lines);
}
