import type { Finding } from '../diagnostic.ts';
import type { Span } from '../positions.ts';
import { writtenSpan } from '../syntax/written.ts';
import { readCron } from '../values/cron.ts';
import type { Rule } from './rule.ts';

export const wrongCron: Rule = {
  code: 'CRISOL141',
  severity: 'error',
  title: 'Cron expression not understood',
  check: ({ mismatches, lines, text }) =>
    mismatches.flatMap((mismatch): Finding[] => {
      if (mismatch.kind !== 'bad-format' || mismatch.format !== 'cron') return [];
      const { node } = mismatch;
      const reading = readCron(String(node.value));
      if (!('problem' in reading)) return [];
      const base = writtenSpan(node, text)?.[0];
      const [start, end] = reading.span;
      const span: Span = base === undefined || start === end ? node.span : [base + start, base + end];
      return [{ range: lines.range(span), message: reading.problem }];
    }),
};
