import { shapeOf } from '../../../schemas/language/grammar/shape.ts';
import { Step } from '../../../schemas/language/grammar/steps.ts';
import type { JsonValue } from '../../../schemas/language/json.ts';
import type { PipelineDocument } from '../../../schemas/language/parse.ts';
import { trying } from '../../../schemas/language/parse.ts';
import { toJson } from '../../../schemas/language/syntax/to-json.ts';
import type { Entry, TreeNode } from '../../../schemas/language/syntax/tree.ts';
import { withoutBlankEnd } from '../../documents/spans.ts';
import type { Analysis } from '../../projects/analysis.ts';
import type { Change } from './change.ts';
import { eolOf } from './change.ts';
import { firstLineOf } from './insert.ts';

const ORDER = Object.keys(shapeOf(Step).properties ?? {});

/** The keys of a step in their usual order, each with its comments. */
export function sortKeys(step: Entry, analysis: Analysis): Change[] {
  const { value } = step;
  const { text, lines } = analysis.document;
  if (value.kind !== 'map' || value.flow || value.partial || step.damaged) return [];
  const entries = value.entries.filter(({ inherited }) => !inherited);
  const starts = entries.map((entry) => firstLineOf(entry, analysis));
  const last = entries.at(-1);
  const [first] = starts;
  // each has lines of its own
  if (!last || first === undefined || new Set(starts).size < starts.length) return [];
  if (first <= lines.position(step.keySpan[0]).line) return [];
  const end = lines.position(withoutBlankEnd(last.span, text)[1]).line + 1;
  const pieces = entries.map(({ key }, at) => ({
    key,
    text: linesOf(starts[at] ?? 0, starts[at + 1] ?? end, analysis),
  }));
  const sorted = pieces.toSorted((one, other) => placeOf(one.key) - placeOf(other.key));
  if (sorted.every((piece, at) => piece === pieces[at])) return [];
  const eol = eolOf(text);
  const newText = sorted.map((piece) => piece.text).join(eol);
  const from = lines.lineSpan(first)[0];
  const to = lines.lineSpan(end - 1)[1];
  if (!meansTheSame(analysis.document, text.slice(0, from) + newText + text.slice(to))) return [];
  return [{ title: `Sort the keys of \`${step.key}\``, edits: [{ range: lines.range([from, to]), newText }] }];
}

const placeOf = (key: string) => (ORDER.includes(key) ? ORDER.indexOf(key) : ORDER.length);

function linesOf(first: number, next: number, { document: { text, lines } }: Analysis): string {
  return text.slice(lines.lineSpan(first)[0], lines.lineSpan(next - 1)[1]);
}

/** An alias may not come before its anchor, and a comment not into a script. */
function meansTheSame(document: PipelineDocument, after: string): boolean {
  const before = meaningOf(document.root);
  return trying(document, after, (root, problems) => problems.length === 0 && meaningOf(root) === before);
}

const meaningOf = (root: TreeNode | null): string | null => root && JSON.stringify(ordered(toJson(root)));

function ordered(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(ordered);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, ordered(item)]));
}
