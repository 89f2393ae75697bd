import type { TextEdit } from '../../../schemas/language/diagnostic.ts';
import type { LineIndex } from '../../../schemas/language/positions.ts';

/** What a person chooses by its title, and what it does to the file. */
export interface Change {
  title: string;
  edits: TextEdit[];
}

/** Nothing to choose where there is nothing to be done. */
export const changeOf = (title: string, edit: TextEdit | null): Change[] => (edit ? [{ title, edits: [edit] }] : []);

export function insertion(offset: number, newText: string, lines: LineIndex): TextEdit {
  const place = lines.position(offset);
  return { range: { start: place, end: place }, newText };
}

/** New lines end as the others do. */
export const eolOf = (text: string): string => (text.includes('\r\n') ? '\r\n' : '\n');
