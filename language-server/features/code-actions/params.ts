import { valueAt } from '../../../schemas/language/expressions/evaluate.ts';
import { parseTemplate } from '../../../schemas/language/expressions/template.ts';
import type { Entry, ScalarNode } from '../../../schemas/language/syntax/tree.ts';
import { findEntry } from '../../../schemas/language/syntax/tree.ts';
import type { Place } from '../../documents/locate.ts';
import { locate } from '../../documents/locate.ts';
import type { Analysis } from '../../projects/analysis.ts';
import { modelOf } from '../../projects/whole.ts';
import type { Change } from './change.ts';
import { addToSection } from './insert.ts';

/** The literal at the cursor becomes a param, and stands here as an expression. */
export function extractParam(analysis: Analysis, offset: number): Change[] {
  const found = settingAt(analysis, offset);
  const { params } = modelOf(analysis);
  // params that stand in files are not ours to change
  if (!found || params.files.length > 0) return [];
  const { node, entry, step, flow } = found;
  const { text, lines } = analysis.document;
  const source = text.slice(...node.span);
  if (node.value === null || source.includes('\n') || source.includes('${{') || /^[&*!]/.test(source)) return [];
  const isKnown = (name: string) => params.values[name] === node.value && Object.hasOwn(params.values, name);
  const isFree = (name: string) => PLAIN.test(name) && !Object.hasOwn(params.values, name);
  const name = [entry.key, `${step.key}_${entry.key}`].find((candidate) => isKnown(candidate) || isFree(candidate));
  if (name === undefined) return [];
  const expression = `\${{ params.${name} }}`;
  const edits = [{ range: lines.range(node.span), newText: flow ? `"${expression}"` : expression }];
  if (isKnown(name)) return [{ title: `Use \`params.${name}\``, edits }];
  const added = addToSection('params', { key: name, short: source }, analysis);
  return added ? [{ title: `Extract to \`params.${name}\``, edits: [added, ...edits] }] : [];
}

const PLAIN = /^[A-Za-z_][\w-]*$/;

/** The param that is all of a value, replaced by what it holds. */
export function inlineParam(analysis: Analysis, offset: number): Change[] {
  const found = settingAt(analysis, offset);
  if (!found || typeof found.node.value !== 'string') return [];
  const [part, second] = parseTemplate(found.node.value);
  const path = /^\s*params((?:\.[\w-]+)+)\s*$/.exec(part?.kind === 'expression' ? part.content : '')?.[1];
  if (!path || second) return [];
  const names = path.slice(1).split('.');
  let entry = findEntry(analysis.document.root, 'params');
  for (const name of names) entry = findEntry(entry?.value, name);
  const { text, lines } = analysis.document;
  const value = entry?.value.kind === 'scalar' ? entry.value : undefined;
  const source = value && value.value !== null ? text.slice(...value.span) : '';
  // a params file may say otherwise
  const isWhole = value !== undefined && valueAt(modelOf(analysis).params.values, names) === value.value;
  if (source === '' || /[\n&*]/.test(source) || !isWhole) return [];
  return [
    { title: `Replace by its value \`${source}\``, edits: [{ range: lines.range(found.node.span), newText: source }] },
  ];
}

interface Setting {
  node: ScalarNode;
  entry: Entry;
  step: Entry;
  flow: boolean;
}

/** A value that a step is given. */
function settingAt({ document: { root, text } }: Analysis, offset: number): Setting | null {
  const place: Place | null = locate(root, offset);
  if (place?.on !== 'value' || place.node.kind !== 'scalar' || place.inList || !place.entry) return null;
  const [section, step, group, ...rest] = place.path;
  const isGiven = group?.key === 'with' || group?.key === 'env';
  if (section?.key !== 'steps' || !step || !isGiven || rest.length !== 1) return null;
  const flow = text.charAt(group.value.span[0]) === '{' || text.charAt(step.value.span[0]) === '{';
  return { node: place.node, entry: place.entry, step, flow };
}
