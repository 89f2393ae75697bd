import type { CompletionItem } from 'vscode-languageserver';
import { CompletionItemKind, InsertTextMode, MarkupKind } from 'vscode-languageserver';
import type { Shape } from '../../../schemas/language/grammar/shape.ts';
import { choicesOf, NOT_RUN_YET, optionFor } from '../../../schemas/language/grammar/shape.ts';
import type { Range } from '../../../schemas/language/positions.ts';
import { inWords } from '../../../schemas/language/rules/words.ts';
import type { Cursor } from '../../documents/cursor.ts';
import type { Place } from '../../documents/locate.ts';
import { describeKey } from '../describe.ts';

/** Keys that are not there yet: required ones first, those without effect in this version last. */
export function keyItems(place: Extract<Place, { on: 'key' }>, cursor: Cursor, range: Range): CompletionItem[] {
  const { map, mapShape, entry } = place;
  const taken = new Set(map.entries.filter((other) => other !== entry).map((other) => other.key));
  return Object.entries(mapShape.properties ?? {})
    .filter(([key, shape]) => !taken.has(key) && !shape.rivals?.some((rival) => taken.has(rival)))
    .map(([key, shape], at) => {
      const required = mapShape.required?.includes(key) ?? false;
      return {
        label: key,
        kind: CompletionItemKind.Property,
        detail: detailOf(shape, required),
        documentation: { kind: MarkupKind.Markdown, value: describeKey(key, shape, required) },
        sortText: `${rank(shape, required)}${String(at).padStart(3, '0')}`,
        insertTextMode: InsertTextMode.asIs,
        // what can follow is shown at once
        command: cursor.hasColon ? undefined : { title: '', command: 'editor.action.triggerSuggest' },
        textEdit: { range, newText: cursor.hasColon ? key : `${key}:${afterColon(shape, cursor)}` },
      };
    });
}

function detailOf(shape: Shape, required: boolean): string {
  if (shape.later) return NOT_RUN_YET;
  // not Markdown: backticks would be shown
  const words = inWords(shape).replaceAll('`', '');
  return required ? `required: ${words}` : words;
}

const rank = (shape: Shape, required: boolean): number => (required ? 0 : shape.later ? 2 : 1);

/** A map goes on the next line, one level in; everything else beside the key. */
function afterColon(shape: Shape, { inBrackets, column }: Cursor): string {
  const isMap = !inBrackets && !choicesOf(shape) && !shape.anyOf && optionFor(shape, 'object') !== undefined;
  return isMap ? `\n${' '.repeat(column + 2)}` : ' ';
}
