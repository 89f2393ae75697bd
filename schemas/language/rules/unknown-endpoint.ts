import type { Rule } from './rule.ts';
import { unknownNamesOf } from './unknown-name.ts';

export const unknownEndpoint: Rule = {
  code: 'CRISOL124',
  severity: 'error',
  title: 'Unknown endpoint',
  check: (view) => unknownNamesOf('endpoint', 'endpoints', view),
};
