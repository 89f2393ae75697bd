import type { CompletionItem } from 'vscode-languageserver';
import { CompletionItemKind, MarkupKind } from 'vscode-languageserver';
import { BUILT_IN_STEPS, isBuiltInStep } from '../../../schemas/language/grammar/built-in-steps.ts';
import type { Shape } from '../../../schemas/language/grammar/shape.ts';
import { choicesOf, shapeOf } from '../../../schemas/language/grammar/shape.ts';
import type { PipelineModel } from '../../../schemas/language/model.ts';
import { isPlainText } from '../../../schemas/language/names/rename.ts';
import { graphIn, modelOf } from '../../projects/whole.ts';
import { describeSettings } from '../describe.ts';
import { amounts } from './amounts.ts';
import type { Choice, ValueContext } from './choice.ts';
import { typedIn } from './choice.ts';
import { schedules, timeZones } from './clock.ts';
import { columnChoices } from './columns.ts';
import { goalChoices, metricChoices } from './metrics.ts';
import { definedNames, modelNames, modelRefs } from './names.ts';
import { filePaths } from './paths.ts';

export function valueItems(shape: Shape, context: ValueContext): CompletionItem[] {
  const { place, range, asList } = context;
  const listed = new Set(place.inList?.flatMap((item) => (item.kind === 'scalar' ? [String(item.value)] : [])));
  return choices(shape, context)
    .filter((choice) => !listed.has(choice.label))
    .map(({ documentation, isForeign = false, ...choice }, at) => ({
      ...choice,
      documentation: documentation ? { kind: MarkupKind.Markdown, value: documentation } : undefined,
      sortText: String(at).padStart(3, '0'),
      textEdit: { range, newText: `${asList ? '- ' : ''}${isForeign ? inQuotes(choice.label, place) : choice.label}` },
    }));
}

/** Where YAML would not read the word as what it says, and nobody has written quotes yet. */
function inQuotes(word: string, { node }: ValueContext['place']): string {
  const needsNone = isPlainText(word) || (node.kind === 'scalar' && node.quoted);
  return needsNone ? word : JSON.stringify(word);
}

function choices(shape: Shape, context: ValueContext): Choice[] {
  const words = choicesOf(shape);
  if (words) return words.map((word) => wordChoice(String(word), context.place.entry?.key === 'uses'));
  const options = shape.anyOf ?? [shape];
  if (options.some((option) => option.type === 'boolean') && options.length === 1) {
    return ['true', 'false'].map((label) => ({ label, kind: CompletionItemKind.Value }));
  }
  const named = options.flatMap((option) => [option, ...(option.items ? [option.items] : [])]);
  const model = modelOf(context.analysis);
  const owner = context.place.path[1]?.key ?? '';
  if (named.some((option) => option.names === 'step')) return steps(model, owner);
  if (named.some((option) => option.names === 'endpoint')) return endpoints(model);
  const further = namedChoices(named, context);
  if (further) return further;
  const measured = timesAndAmounts(named, shape, context);
  if (measured) return measured;
  if (named.some((option) => option.format === 'path')) return paths(shape, context, owner);
  const columns = columnChoices(context);
  if (columns && columns.length > 0) return columns;
  if (shape.default === undefined) return [];
  return [{ label: String(shape.default), kind: CompletionItemKind.Value, detail: 'default' }];
}

function timesAndAmounts(options: readonly Shape[], shape: Shape, context: ValueContext) {
  const { place } = context;
  const format = options.find((option) => option.format)?.format;
  if (format === 'time-zone') return timeZones(shape.default);
  if (format === 'cron') return schedules(place.node);
  // a number alone is right there: nothing may be put in its place
  if (options.some(({ type }) => type === 'integer' || type === 'number')) return null;
  return format ? amounts(format, typedIn(context), place.node) : null;
}

/** Names from other parts of the file, and from what runs have logged. */
function namedChoices(options: readonly Shape[], context: ValueContext): Choice[] | null {
  const { analysis, place, live } = context;
  const has = (wanted: Partial<Shape>) =>
    options.some((option) => Object.entries(wanted).every(([key, value]) => option[key as keyof Shape] === value));
  if (has({ names: 'monitor' })) return definedNames(analysis, 'monitor', CompletionItemKind.Event);
  if (has({ names: 'dataset' })) return definedNames(analysis, 'dataset', CompletionItemKind.Struct);
  if (has({ names: 'param' })) return definedNames(analysis, 'param', CompletionItemKind.Variable);
  if (has({ format: 'model-ref' })) return modelRefs(context);
  if (has({ format: 'model-name' })) {
    return modelNames(modelOf(analysis), live).map((label) => ({ label, kind: CompletionItemKind.Class }));
  }
  const hasDirection = place.node.kind === 'scalar' && /^\s*(maximize|minimize)\s/.test(place.node.text);
  if (has({ metric: true }) || (has({ format: 'goal' }) && hasDirection)) return metricChoices(analysis, live);
  return has({ format: 'goal' }) ? goalChoices(analysis, live) : null;
}

function wordChoice(label: string, isBuiltIn: boolean): Choice {
  const documentation =
    isBuiltIn && isBuiltInStep(label) ? describeSettings(label, shapeOf(BUILT_IN_STEPS[label])) : undefined;
  return { label, kind: isBuiltIn ? CompletionItemKind.Function : CompletionItemKind.EnumMember, documentation };
}

function steps(model: PipelineModel, owner: string): Choice[] {
  return model.steps
    .filter((step) => step.name !== owner)
    .map((step) => ({
      label: step.name,
      kind: CompletionItemKind.Function,
      detail: step.uses?.value ?? step.run?.value.split('\n', 1)[0],
    }));
}

const endpoints = (model: PipelineModel): Choice[] =>
  model.endpoints.map(({ name, model: served }) => ({
    label: name,
    kind: CompletionItemKind.Interface,
    detail: served?.value,
  }));

function paths(shape: Shape, context: ValueContext, owner: string): Choice[] {
  const written = readablePaths(shape, context, owner);
  const known = new Set(written.map(({ label }) => label));
  return [...written, ...filePaths(context).filter(({ label }) => !known.has(label))];
}

/** What other steps write, wherever a step reads. */
function readablePaths(shape: Shape, { analysis, place }: ValueContext, owner: string): Choice[] {
  if (shape.path !== 'in' && place.entry?.key !== 'deps') return [];
  return graphIn(analysis)
    .paths.filter(({ name }) => name !== owner)
    .flatMap(({ name, writes }) =>
      writes.map(({ value }) => ({ label: value, kind: CompletionItemKind.File, detail: `written by ${name}` })),
    );
}
