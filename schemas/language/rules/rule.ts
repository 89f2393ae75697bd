import type { FileView } from '../check/view.ts';
import type { Finding, Severity } from '../diagnostic.ts';

/** One kind of diagnostic. Each has a section in docs/crisol-yaml.md under its code, which a test checks. */
export interface RuleInfo {
  code: `CRISOL1${number}`;
  severity: Severity;
  /** the heading of its section */
  title: string;
}

export interface Rule extends RuleInfo {
  check(view: FileView): Finding[];
}

/** Further ones of a hopeless file help nobody. */
export const MOST_FINDINGS = 500;
