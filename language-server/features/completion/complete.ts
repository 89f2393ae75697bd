import type { CompletionItem } from 'vscode-languageserver';
import type { Shape } from '../../../schemas/language/grammar/shape.ts';
import { optionFor } from '../../../schemas/language/grammar/shape.ts';
import type { LiveValues } from '../../../schemas/language/live.ts';
import { NAMED_SECTIONS } from '../../../schemas/language/names/sections.ts';
import type { Position, Range } from '../../../schemas/language/positions.ts';
import { Entry, MapNode } from '../../../schemas/language/syntax/tree.ts';
import type { Cursor } from '../../documents/cursor.ts';
import { cursorAt } from '../../documents/cursor.ts';
import { expressionAt } from '../../documents/expression-cursor.ts';
import type { Place } from '../../documents/locate.ts';
import type { Analysis } from '../../projects/analysis.ts';
import type { BlockPlace } from './blocks.ts';
import { blockItems, listBlockItem, manualTriggerItem } from './blocks.ts';
import { completeExpression } from './expression.ts';
import { freeKeys } from './free-keys.ts';
import { keyItems } from './keys.ts';
import { valueItems } from './values.ts';

/** What can be written at this place. */
export function complete(analysis: Analysis, position: Position, live: LiveValues | null): CompletionItem[] {
  const { text, lines } = analysis.document;
  const offset = lines.offset(position);
  const expression = expressionAt(text, lines, offset);
  if (expression) return completeExpression(analysis, expression, offset, live);
  const cursor = cursorAt(analysis.document, offset);
  if (!cursor) return [];
  const range = lines.range(cursor.word);
  const { place } = cursor;
  return place.on === 'value'
    ? atValue({ analysis, cursor, range, live }, place)
    : atKey({ analysis, cursor, range, live }, place);
}

interface Asked {
  analysis: Analysis;
  cursor: Cursor;
  range: Range;
  live: LiveValues | null;
}

function atValue({ analysis, cursor, range, live }: Asked, place: Extract<Place, { on: 'value' }>): CompletionItem[] {
  // `with: |`: the map goes below, but nothing fits on this line
  const values = valueItems(place.shape, { analysis, range, place, asList: false, live });
  const item = place.inList && !cursor.inBrackets && !cursor.inQuotes ? optionFor(place.shape, 'object') : undefined;
  return item ? [...values, ...itemKeys(item, { analysis, cursor, range, live }, place)] : values;
}

/** `- ` and the cursor behind it: the keys of the map that begins there. */
function itemKeys(
  item: Shape,
  { analysis, cursor, range }: Asked,
  { node, path, entry: owner }: Extract<Place, { on: 'value' }>,
): CompletionItem[] {
  const entry = new Entry({ key: '', value: node }, node);
  const map = new MapNode(node, { entries: [entry], flow: false, partial: false });
  const place = { on: 'key', entry, map, mapShape: item, ownerShape: item, path } as const;
  const at = { range, column: cursor.column, asItem: false };
  return [
    ...listBlockItem(owner?.key ?? '', item, at),
    ...keyItems(place, cursor, range),
    ...freeKeys(place, cursor, range, analysis),
  ];
}

/** New entries where a person chooses the names. */
function blocksAt(path: Extract<Place, { on: 'key' }>['path'], at: BlockPlace): CompletionItem[] {
  const where = path.map(({ key }) => key).join('.');
  if (where === 'on.manual') return [manualTriggerItem(at)];
  return NAMED_SECTIONS.has(where) ? blockItems(where, at) : [];
}

function atKey(asked: Asked, place: Extract<Place, { on: 'key' }>): CompletionItem[] {
  const { analysis, cursor, range, live } = asked;
  const isFree = cursor.startsLine && !cursor.hasColon && !cursor.inBrackets;
  const at = { range, column: cursor.column, asItem: false };
  const blocks = isFree ? blocksAt(place.path, at) : [];
  const items = [...blocks, ...keyItems(place, cursor, range), ...freeKeys(place, cursor, range, analysis)];
  if (items.length > 0 || cursor.hasColon || place.map.entries.length > 1) return items;
  // `needs:` and the cursor on the line below: a list may begin there
  const owner = place.path.at(-1) ?? null;
  const shape = place.ownerShape;
  const list = optionFor(shape, 'array');
  if (!owner || !list) return [];
  const value = { on: 'value', node: place.map, shape, entry: owner, inList: null, path: place.path } as const;
  const item = list.items && optionFor(list.items, 'object');
  return [
    ...(item ? listBlockItem(owner.key, item, { ...at, asItem: true }) : []),
    ...valueItems(shape, { analysis, range, place: value, asList: true, live }),
  ];
}
