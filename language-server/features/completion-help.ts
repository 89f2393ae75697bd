import type { LiveValues } from '../../schemas/language/live.ts';

/** What helps with completion besides the file. */
export interface CompletionHelp {
  live?: LiveValues | null;
  /** the editor has VS Code's own commands */
  commands?: boolean;
  /** the editor fills in blanks; by default it does */
  snippets?: boolean;
}

/** What becomes of a snippet in an editor that knows none: its examples as they are. */
export const withoutBlanks = (snippet: string): string =>
  snippet
    .replaceAll(/\$\{\d+\|([^,|}]*)[^}]*\|\}/g, '$1')
    .replaceAll(/\$\{\d+:((?:[^\\}]|\\.)*)\}/g, (_, example: string) => example.replaceAll(/\\(.)/g, '$1'))
    .replaceAll(/\$\d+/g, '');

/** Within a blank these would end it. */
export const escaped = (text: string): string => text.replaceAll(/[\\}$]/g, '\\$&');
