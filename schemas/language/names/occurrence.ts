import type { Span } from '../positions.ts';

/** What people give names to in crisol.yaml. Of a param it is the whole name, `train.seed`; of a path the path. */
export type NameKind = 'step' | 'endpoint' | 'monitor' | 'model' | 'dataset' | 'feature' | 'sweep' | 'param' | 'path';

/** A place where a name stands. */
export interface Occurrence {
  kind: NameKind;
  name: string;
  /** the name alone; of a param its last part */
  readonly span: Span;
  role: 'definition' | 'reference';
  /** it follows a dot in an expression, where only plain names can */
  dotted: boolean;
}
