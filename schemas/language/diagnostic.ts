import type { Range } from './positions.ts';

export type Severity = 'error' | 'warning' | 'information';

export interface TextEdit {
  range: Range;
  newText: string;
}

/** A change that mends the diagnostic it comes with. */
export interface Fix {
  title: string;
  edits: TextEdit[];
  /** what stands there may be right: a person must agree */
  unsure?: boolean;
}

/** Another place that takes part: the other steps of a circle, the first of two equal keys. */
export interface RelatedPlace {
  /** of the file it stands in, from the project's folder; without it, the same file */
  path?: string;
  range: Range;
  message: string;
}

/** What a rule found, before it is signed with the rule's code and severity. */
export interface Finding {
  range: Range;
  /** one sentence or two: what is wrong, and what to do */
  message: string;
  related?: RelatedPlace[];
  fixes?: Fix[];
  /** it could go: editors show it faded */
  unnecessary?: boolean;
}

export interface Diagnostic extends Finding {
  /** `CRISOL1xx`, documented in docs/crisol-yaml.md under the same name in lower case */
  code: string;
  severity: Severity;
}

export const hasErrors = (diagnostics: readonly Diagnostic[]): boolean =>
  diagnostics.some((diagnostic) => diagnostic.severity === 'error');
