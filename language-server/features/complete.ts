import type { CompletionItem } from 'vscode-languageserver';
import { optionFor } from '../../schemas/language/grammar/shape.ts';
import type { Position } from '../../schemas/language/positions.ts';
import type { Analysis } from '../documents/analysis.ts';
import { cursorAt } from '../documents/cursor.ts';
import { expressionAt } from '../documents/expression-cursor.ts';
import { completeExpression } from './complete-expression.ts';
import { keyItems } from './complete-keys.ts';
import { valueItems } from './complete-values.ts';

/** What can be written at this place. */
export function complete(analysis: Analysis, position: Position): CompletionItem[] {
  const { text, lines } = analysis.document;
  const offset = lines.offset(position);
  const expression = expressionAt(text, lines, offset);
  if (expression) return completeExpression(analysis, expression, offset);
  const cursor = cursorAt(text, lines, offset);
  if (!cursor) return [];
  const range = lines.range(cursor.word);
  const { place } = cursor;
  if (place.on === 'value') {
    // `with: |`: the map goes below, but nothing fits on this line
    return valueItems(place.shape, { analysis, range, place, asList: false });
  }
  const items = keyItems(place, cursor, range);
  if (items.length > 0 || cursor.hasColon || place.map.entries.length > 1) return items;
  // `needs:` and the cursor on the line below: a list may begin there
  const owner = place.path.at(-1) ?? null;
  const shape = place.ownerShape;
  if (!owner || !optionFor(shape, 'array')) return [];
  const value = { on: 'value', node: place.map, shape, entry: owner, inList: null, path: place.path } as const;
  return valueItems(shape, { analysis, range, place: value, asList: true });
}
