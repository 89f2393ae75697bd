import type { LiveValues } from '../../../schemas/language/live.ts';

/** What helps with completion besides the file. */
export interface CompletionHelp {
  live?: LiveValues | null;
}

/** Within a blank of a snippet these would end it. */
export const escaped = (text: string): string => text.replaceAll(/[\\}$]/g, '\\$&');
