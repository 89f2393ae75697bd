import type { CompletionItemKind } from 'vscode-languageserver';
import type { LiveValues } from '../../../schemas/language/live.ts';
import type { Range } from '../../../schemas/language/positions.ts';
import type { Place } from '../../documents/locate.ts';
import type { Analysis } from '../../projects/analysis.ts';

/** A value that is asked for, and what helps to find one. */
export interface ValueContext {
  analysis: Analysis;
  range: Range;
  place: Extract<Place, { on: 'value' }>;
  /** the value begins a list below its key */
  asList: boolean;
  live: LiveValues | null;
}

export interface Choice {
  label: string;
  /** a name that others chose: it may need quotes */
  isForeign?: boolean;
  kind: CompletionItemKind;
  detail?: string;
  documentation?: string;
}

/** The word that a choice replaces, as far as it is written. */
export const typedIn = ({ analysis: { document }, range }: Pick<ValueContext, 'analysis' | 'range'>): string =>
  document.text.slice(document.lines.offset(range.start), document.lines.offset(range.end));
