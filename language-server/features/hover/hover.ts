import type { Hover } from 'vscode-languageserver';
import { MarkupKind } from 'vscode-languageserver';
import { BUILT_IN_STEPS, isBuiltInStep } from '../../../schemas/language/grammar/built-in-steps.ts';
import { shapeOfEntry } from '../../../schemas/language/grammar/settings.ts';
import { shapeOf } from '../../../schemas/language/grammar/shape.ts';
import type { LiveValues } from '../../../schemas/language/live.ts';
import type { StepModel } from '../../../schemas/language/model.ts';
import type { Position } from '../../../schemas/language/positions.ts';
import { listed } from '../../../schemas/language/suggest.ts';
import type { Entry } from '../../../schemas/language/syntax/tree.ts';
import { findEntry } from '../../../schemas/language/syntax/tree.ts';
import type { Place } from '../../documents/locate.ts';
import { locate } from '../../documents/locate.ts';
import type { Analysis } from '../../projects/analysis.ts';
import { graphIn, modelOf } from '../../projects/whole.ts';
import { describeKey, describeSettings, paragraphs } from '../describe.ts';
import { code } from '../markdown.ts';
import type { Measured } from './data.ts';
import { aboutData } from './data.ts';
import { hoverExpression } from './expression.ts';
import { hoverResults } from './results.ts';
import type { Told } from './told.ts';

interface Around extends Measured {
  now: number;
}

/** Null where there is nothing to tell. */
export function hover(
  analysis: Analysis,
  position: Position,
  live: LiveValues | null = null,
  { now = Date.now(), zone, extentOf = () => null }: Partial<Around> = {},
): Hover | null {
  const { root, lines } = analysis.document;
  const offset = lines.offset(position);
  const inExpression = hoverExpression(analysis, offset, live);
  const results = inExpression === undefined ? hoverResults(analysis, offset, live, now) : null;
  const found = together(inExpression ?? aboutPlace(locate(root, offset), analysis, { extentOf, zone }), results);
  if (!found) return null;
  return { contents: { kind: MarkupKind.Markdown, value: found.text }, range: lines.range(found.span) };
}

/** What it is, and what runs made of it. */
function together(found: Told | null, results: Told | null): Told | null {
  return found && results ? { text: paragraphs(found.text, results.text), span: found.span } : (found ?? results);
}

function aboutPlace(place: Place | null, analysis: Analysis, measured: Measured): Told | null {
  return place && (place.on === 'key' ? aboutKey(place, analysis, measured) : aboutValue(place, analysis, measured));
}

function aboutKey(
  { entry, map, mapShape, path }: Extract<Place, { on: 'key' }>,
  analysis: Analysis,
  measured: Measured,
): Told | null {
  const span = entry.keySpan;
  if (path.length === 1 && path[0]?.key === 'steps') {
    const step = analysis.model.steps.find((candidate) => candidate.name === entry.key);
    return step ? { text: aboutStep(step, analysis), span } : null;
  }
  const shape = shapeOfEntry(entry, map, mapShape);
  if (!shape.description) return null;
  const described = describeKey(entry.key, shape, mapShape.required?.includes(entry.key) ?? false);
  const isDataset = path.length === 1 && path[0]?.key === 'datasets';
  return { text: paragraphs(described, isDataset ? rowsOf(entry, analysis, measured) : ''), span };
}

function rowsOf({ value }: Entry, analysis: Analysis, measured: Measured): string {
  const path = findEntry(value, 'path')?.value;
  return (path?.kind === 'scalar' && aboutData(path.text, analysis, measured)) || '';
}

/** Where the order of a step comes from is the question that the file itself does not answer at a glance. */
function aboutStep({ name }: StepModel, analysis: Analysis): string {
  const { edges } = graphIn(analysis);
  const needs = new Set(edges.filter(({ from }) => from === name).map(({ to }) => to));
  const dependents = new Set(edges.filter(({ to }) => to === name).map(({ from }) => from));
  const names = (steps: ReadonlySet<string>) => listed([...steps].map((step) => code(step)));
  const after = needs.size > 0 ? `Runs after ${names(needs)}.` : 'Waits for no other step.';
  const before = dependents.size > 0 ? `${names(dependents)} ${dependents.size > 1 ? 'wait' : 'waits'} for it.` : '';
  return paragraphs(`**step ${code(name)}**`, `${after} ${before}`.trim());
}

const DATA_KEYS = new Set(['path', 'data', 'deps', 'outs', 'train', 'test']);

function aboutValue(
  { node, entry, shape }: Extract<Place, { on: 'value' }>,
  analysis: Analysis,
  measured: Measured,
): Told | null {
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return null;
  const { value, span } = node;
  if (entry?.key === 'uses' && isBuiltInStep(value)) {
    return { text: describeSettings(value, shapeOf(BUILT_IN_STEPS[value])), span };
  }
  const step = shape.names === 'step' && modelOf(analysis).steps.find((candidate) => candidate.name === value);
  if (step) return { text: aboutStep(step, analysis), span };
  const endpoint = shape.names === 'endpoint' && modelOf(analysis).endpoints.find(({ name }) => name === value);
  const data = DATA_KEYS.has(entry?.key ?? '') ? aboutData(value, analysis, measured) : null;
  if (data) return { text: data, span };
  if (!endpoint) return null;
  return { text: paragraphs(`**endpoint ${code(value)}**`, `Serves ${code(endpoint.model?.value ?? '?')}.`), span };
}
