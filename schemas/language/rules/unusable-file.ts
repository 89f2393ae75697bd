import { wholeOf } from '../check/whole.ts';
import type { Rule } from './rule.ts';

/** An include or a params file: without it nothing runs. */
export const unusableFile: Rule = {
  code: 'CRISOL160',
  severity: 'error',
  title: 'A file that cannot be read',
  check: (view) =>
    wholeOf(view).wrongInputs.flatMap(({ kind, at, message, related }) =>
      kind === 'unusable' ? [{ range: at, message, related }] : [],
    ),
};
