import type { Rule } from './rule.ts';
import { unknownNamesOf } from './unknown-name.ts';

export const unknownMonitor: Rule = {
  code: 'CRISOL127',
  severity: 'error',
  title: 'Unknown monitor',
  check: (view) => unknownNamesOf('monitor', 'monitors', view),
};
