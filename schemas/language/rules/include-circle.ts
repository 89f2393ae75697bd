import { wholeOf } from '../check/whole.ts';
import type { Rule } from './rule.ts';

export const includeCircle: Rule = {
  code: 'CRISOL161',
  severity: 'error',
  title: 'Files that include each other',
  check: (view) =>
    wholeOf(view).wrongInputs.flatMap(({ kind, at, message, related }) =>
      kind === 'circle' ? [{ range: at, message, related }] : [],
    ),
};
