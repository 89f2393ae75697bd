import type { JsonValue } from './json.ts';
import type { Located, NamedModel } from './model.ts';
import type { LineIndex } from './positions.ts';
import { toJson } from './syntax/to-json.ts';
import type { Entry, TreeNode } from './syntax/tree.ts';
import { findEntry } from './syntax/tree.ts';
import type { InputModel, Overlap, TriggerModel, TriggerParam } from './trigger-model.ts';
import { CATCHUPS, INPUT_TYPES, OVERLAPS, TRIGGER_DEFAULTS } from './trigger-model.ts';
import { readCron } from './values/cron.ts';
import { parseDuration } from './values/duration.ts';
import { isTimeZone } from './values/time-zone.ts';

/** What `on` says, as far as it makes sense: of the rest the rules tell. */
export function readTriggers(on: TreeNode | undefined, lines: LineIndex): TriggerModel[] {
  const items = (key: string) => {
    const list = valueAt(on, key);
    return list?.kind === 'list' ? list.items : [];
  };
  return [
    ...items('schedule').flatMap((node) => readSchedule(node, lines) ?? []),
    ...items('drift').flatMap((node) => readWatcher('drift', node, lines) ?? []),
    ...items('data').flatMap((node) => readWatcher('data', node, lines) ?? []),
    ...entriesOf(valueAt(on, 'manual')).map((entry) => readManual(entry, lines)),
  ];
}

function readSchedule(node: TreeNode, lines: LineIndex): TriggerModel | null {
  const [cron, zone] = [textAt(node, 'cron'), textAt(node, 'timezone')];
  const timezone = zone ?? TRIGGER_DEFAULTS.timezone;
  // a time that was meant otherwise would be a wrong time
  if (cron === null || 'problem' in readCron(cron) || !isTimeZone(timezone)) return null;
  if (valueAt(node, 'timezone') && zone === null) return null;
  return {
    ...common(node, lines),
    kind: 'schedule',
    cron,
    timezone,
    overlap: overlapOf(node, 'schedule'),
    catchup: wordAt(node, 'catchup', CATCHUPS) ?? TRIGGER_DEFAULTS.catchup,
  };
}

function readWatcher(kind: 'drift' | 'data', node: TreeNode, lines: LineIndex): TriggerModel | null {
  const subject = textAt(node, kind === 'data' ? 'dataset' : 'monitor');
  if (subject === null) return null;
  const cooldownMs = parseDuration(textAt(node, 'cooldown') ?? '') ?? 0;
  const shared = { ...common(node, lines), cooldownMs, overlap: TRIGGER_DEFAULTS.overlap[kind] };
  return kind === 'data' ? { ...shared, kind, dataset: subject } : { ...shared, kind, monitor: subject };
}

function readManual(entry: Entry, lines: LineIndex): TriggerModel {
  const { key, value, damaged } = entry;
  const inputs = valueAt(value, 'inputs');
  return {
    ...common(value, lines),
    ...namedBy(entry, lines),
    kind: 'manual',
    name: key,
    isNamed: true,
    damaged,
    description: textAt(value, 'description') ?? '',
    inputs: inputs ? entriesOf(inputs).map((input) => readInput(input, lines)) : null,
    overlap: overlapOf(value, 'manual'),
  };
}

function readInput(entry: Entry, lines: LineIndex): InputModel {
  const { value } = entry;
  const [byDefault, options, required] = ['default', 'options', 'required'].map((key) => valueAt(value, key));
  return {
    ...namedBy(entry, lines),
    type: wordAt(value, 'type', INPUT_TYPES),
    description: textAt(value, 'description') ?? '',
    required: required?.kind === 'scalar' && required.value === true,
    byDefault: byDefault && located(byDefault, lines),
    options: options?.kind === 'list' ? options.items.map(toJson) : [],
  };
}

function common(node: TreeNode, lines: LineIndex) {
  const name = valueAt(node, 'name');
  const said = textAt(node, 'name');
  const range = lines.range(node.span);
  return {
    name: said ?? '',
    nameRange: name ? lines.range(name.span) : range,
    range,
    damaged: false,
    isNamed: said !== null && said !== '',
    steps: textsAt(node, 'steps', lines),
    params: entriesOf(valueAt(node, 'params')).map((entry) => paramOf(entry, lines)),
  };
}

const namedBy = ({ key, keySpan, span, damaged }: Entry, lines: LineIndex): NamedModel => ({
  name: key,
  nameRange: lines.range(keySpan),
  range: lines.range(span),
  damaged,
});

const paramOf = ({ key, keySpan, value }: Entry, lines: LineIndex): TriggerParam => ({
  name: key,
  nameRange: lines.range(keySpan),
  value: toJson(value),
});

const overlapOf = (node: TreeNode, kind: keyof typeof TRIGGER_DEFAULTS.overlap): Overlap =>
  wordAt(node, 'overlap', OVERLAPS) ?? TRIGGER_DEFAULTS.overlap[kind];

const valueAt = (node: TreeNode | undefined, key: string): TreeNode | undefined => findEntry(node ?? null, key)?.value;

const entriesOf = (node: TreeNode | undefined): Entry[] => (node?.kind === 'map' ? node.entries : []);

function textAt(node: TreeNode, key: string): string | null {
  const value = valueAt(node, key);
  return value?.kind === 'scalar' && typeof value.value === 'string' ? value.value : null;
}

function wordAt<Word extends string>(node: TreeNode, key: string, words: readonly Word[]): Word | null {
  const text = textAt(node, key);
  return words.find((word) => word === text) ?? null;
}

/** One text, or a list of them. */
function textsAt(node: TreeNode, key: string, lines: LineIndex): Located<string>[] {
  const value = valueAt(node, key);
  const items = value?.kind === 'list' ? value.items : value ? [value] : [];
  return items.flatMap((item) => {
    const { value: text } = item.kind === 'scalar' ? item : { value: null };
    return typeof text === 'string' ? [{ value: text, range: lines.range(item.span) }] : [];
  });
}

const located = (node: TreeNode, lines: LineIndex): Located<JsonValue> => ({
  value: toJson(node),
  range: lines.range(node.span),
});
