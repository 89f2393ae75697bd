import { expressionsNaming } from '../../../schemas/language/check/expressions-naming.ts';
import { definedNames } from '../../../schemas/language/check/whole.ts';
import type { Diagnostic } from '../../../schemas/language/diagnostic.ts';
import { BUILT_IN_STEPS, isBuiltInStep } from '../../../schemas/language/grammar/built-in-steps.ts';
import { FORMATS } from '../../../schemas/language/grammar/formats.ts';
import { shapeOfEntry } from '../../../schemas/language/grammar/settings.ts';
import type { Shape } from '../../../schemas/language/grammar/shape.ts';
import { optionFor, shapeOf } from '../../../schemas/language/grammar/shape.ts';
import { isPlainText } from '../../../schemas/language/names/rename.ts';
import { missingKey } from '../../../schemas/language/rules/missing-key.ts';
import { unknownParam } from '../../../schemas/language/rules/unknown-param.ts';
import { unknownStep } from '../../../schemas/language/rules/unknown-step.ts';
import { quotedList } from '../../../schemas/language/rules/words.ts';
import type { Entry, TreeNode } from '../../../schemas/language/syntax/tree.ts';
import { findEntry, isNothing } from '../../../schemas/language/syntax/tree.ts';
import { locate } from '../../documents/locate.ts';
import { moved } from '../../documents/spans.ts';
import type { Analysis } from '../../projects/analysis.ts';
import { exampleOf } from '../examples.ts';
import type { Change } from './change.ts';
import { changeOf } from './change.ts';
import type { NewEntry } from './insert.ts';
import { addTo, addToSection } from './insert.ts';

/** What a diagnostic misses, added: a step, a param, keys. */
export function missingThings(diagnostic: Diagnostic, analysis: Analysis): Change[] {
  if (diagnostic.code === unknownStep.code) return missingStep(diagnostic, analysis);
  if (diagnostic.code === unknownParam.code) return missingParam(diagnostic, analysis);
  return diagnostic.code === missingKey.code ? missingKeys(diagnostic, analysis) : [];
}

const offsetOf = ({ range }: Diagnostic, { document: { lines } }: Analysis) => lines.offset(range.start);

function missingStep(diagnostic: Diagnostic, analysis: Analysis): Change[] {
  const { lines, text } = analysis.document;
  const { start, end } = diagnostic.range;
  const name = text.slice(lines.offset(start), lines.offset(end)).replaceAll(/["']/g, '');
  if (!FORMATS.name.accepts(name)) return [];
  const outs = outsAskedOf(name, analysis);
  const work = [`run: echo "what ${name} does"`, ...(outs.length > 0 ? [`outs: [${outs.join(', ')}]`] : [])];
  const entry: NewEntry = { key: name, short: `{${work.join(', ')}}`, lines: work };
  return changeOf(`Add step \`${name}\``, addToSection('steps', entry, analysis));
}

/** As many as `steps.NAME.outs[1]` asks for. */
function outsAskedOf(name: string, { expressions }: Analysis): string[] {
  const paths = expressionsNaming({ expressions }, 'steps').flatMap(({ references }) =>
    references.map(({ path }) => path),
  );
  const asked = paths.filter(([context, step, field]) => context === 'steps' && step === name && field === 'outs');
  const count = Math.max(0, ...asked.map(([, , , at]) => (typeof at === 'number' ? Math.min(at, MOST_OUTS) : 0) + 1));
  return Array.from({ length: count }, (_, at) => (at === 0 ? `build/${name}` : `build/${name}-${at + 1}`));
}

const MOST_OUTS = 9;

/** As much of the name as there is none of yet: `train.seed` may find a group `train`. */
function missingParam(diagnostic: Diagnostic, analysis: Analysis): Change[] {
  const offset = offsetOf(diagnostic, analysis);
  const reference = analysis.expressions
    .flatMap(({ references, base }) =>
      references.map(({ path, spans }) => ({ path, spans: spans.map((s) => moved(s, base)) })),
    )
    .find(({ path, spans }) => path[0] === 'params' && spans.some(([start]) => start === offset));
  const names = (reference?.path ?? []).slice(1).map(String);
  if (names.length === 0 || names.some((name) => !/^[\w-]+$/.test(name))) return [];
  const title = `Add param \`${names.join('.')}\``;
  let owner = findEntry(analysis.document.root, 'params');
  let depth = 0;
  for (let next = owner; next && depth < names.length; next = findEntry(next.value, names[depth++] ?? '')) owner = next;
  const known = owner && depth > 0 ? depth - 1 : 0;
  const [key = '', ...rest] = names.slice(known);
  const short = rest.reduceRight((value, name) => `{${name}: ${value}}`, 'null');
  const entry: NewEntry = { key, short };
  return changeOf(title, owner ? addTo(owner, owner.value, entry, analysis) : addToSection('params', entry, analysis));
}

function missingKeys(diagnostic: Diagnostic, analysis: Analysis): Change[] {
  const place = locate(analysis.document.root, offsetOf(diagnostic, analysis));
  if (place?.on === 'key') {
    const shape = optionFor(shapeOfEntry(place.entry, place.map, place.mapShape), 'object');
    return shape ? addKeys(place.entry, place.entry.value, shape, analysis) : [];
  }
  const step = place?.path.at(-2);
  const uses = place?.entry?.key === 'uses' && place.node.kind === 'scalar' ? place.node.value : null;
  if (!step || typeof uses !== 'string' || !isBuiltInStep(uses)) return [];
  const shape = shapeOf(BUILT_IN_STEPS[uses]);
  const lines = (shape.required ?? []).map((key) => `${key}: ${likelyValue(key, shape, analysis)}`);
  const entry: NewEntry = { key: 'with', short: `{${lines.join(', ')}}`, lines };
  return changeOf(titleFor(shape.required ?? []), addTo(step, step.value, entry, analysis));
}

function addKeys(owner: Entry, node: TreeNode, shape: Shape, analysis: Analysis): Change[] {
  const present = new Set(node.kind === 'map' ? node.entries.map(({ key }) => key) : []);
  const missing = (shape.required ?? []).filter((key) => !present.has(key));
  const entries = missing.map((key) => ({ key, short: likelyValue(key, shape, analysis) }));
  const edits = entries.flatMap((entry) => addTo(owner, node, entry, analysis) ?? []);
  const [first] = edits;
  if (!first || edits.length < missing.length || (node.kind !== 'map' && !isNothing(node))) return [];
  // all go to one place, in their order; between empty brackets nothing divides them yet
  const isEmptyFlow = node.kind === 'map' && node.flow && present.size === 0;
  const newText = edits.map((edit) => edit.newText).join(isEmptyFlow ? ', ' : '');
  return [{ title: titleFor(missing), edits: [{ range: first.range, newText }] }];
}

/** A name that there is, else one to write another over. */
function likelyValue(key: string, { properties }: Shape, { view }: Analysis): string {
  const shape = properties?.[key] ?? {};
  const [name] = shape.names ? definedNames(view, shape.names) : [];
  return name !== undefined && isPlainText(name) ? name : exampleOf(key, shape);
}

const titleFor = (keys: readonly string[]) => `Add ${quotedList(keys, 'and')}`;
