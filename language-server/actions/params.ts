import { parseTemplate } from '../../schemas/language/expressions/template.ts';
import type { Entry, ScalarNode } from '../../schemas/language/syntax/tree.ts';
import { findEntry } from '../../schemas/language/syntax/tree.ts';
import type { Analysis } from '../documents/analysis.ts';
import type { Place } from '../documents/locate.ts';
import { locate } from '../documents/locate.ts';
import { addToSection } from './insert.ts';
import type { Change } from './missing.ts';

/** The literal at the cursor becomes a param, and stands here as an expression. */
export function extractParam(analysis: Analysis, offset: number): Change[] {
  const found = settingAt(analysis, offset);
  // params that stand in files are not ours to change
  if (!found || analysis.model.params.files.length > 0) return [];
  const { node, entry, step, flow } = found;
  const { text, lines } = analysis.document;
  const source = text.slice(...node.span);
  if (node.value === null || source.includes('\n') || source.includes('${{') || /^[&*!]/.test(source)) return [];
  const params = findEntry(analysis.document.root, 'params');
  const same = paramNamed(entry.key, params);
  const name = same && text.slice(...same.value.span) !== source ? `${step.key}_${entry.key}` : entry.key;
  const known = paramNamed(name, params);
  if (!/^[A-Za-z_][\w-]*$/.test(name) || (known && text.slice(...known.value.span) !== source)) return [];
  const expression = `\${{ params.${name} }}`;
  const edits = [{ range: lines.range(node.span), newText: flow ? `"${expression}"` : expression }];
  if (known) return [{ title: `Use \`params.${name}\``, edits }];
  const added = addToSection('params', { key: name, short: source }, analysis);
  return added ? [{ title: `Extract to \`params.${name}\``, edits: [added, ...edits] }] : [];
}

/** The param that is all of a value, replaced by what it holds. */
export function inlineParam(analysis: Analysis, offset: number): Change[] {
  const found = settingAt(analysis, offset);
  if (!found || typeof found.node.value !== 'string') return [];
  const [part, second] = parseTemplate(found.node.value);
  const path = /^\s*params((?:\.[\w-]+)+)\s*$/.exec(part?.kind === 'expression' ? part.content : '')?.[1];
  if (!path || second) return [];
  let entry = findEntry(analysis.document.root, 'params');
  for (const name of path.slice(1).split('.')) entry = findEntry(entry?.value, name);
  const { text, lines } = analysis.document;
  const source = entry?.value.kind === 'scalar' && entry.value.value !== null ? text.slice(...entry.value.span) : '';
  if (source === '' || /[\n&*]/.test(source)) return [];
  return [
    { title: `Replace by its value \`${source}\``, edits: [{ range: lines.range(found.node.span), newText: source }] },
  ];
}

function paramNamed(name: string, params: Entry | undefined): Entry | undefined {
  return findEntry(params?.value, name);
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
