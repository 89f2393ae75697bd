import type { Rule } from './rule.ts';
import { unknownNamesOf } from './unknown-name.ts';

export const unknownDataset: Rule = {
  code: 'CRISOL128',
  severity: 'error',
  title: 'Unknown dataset',
  check: (view) => unknownNamesOf('dataset', 'datasets', view),
};
