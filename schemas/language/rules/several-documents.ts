import type { Rule } from './rule.ts';

export const severalDocuments: Rule = {
  code: 'CRISOL103',
  severity: 'error',
  title: 'Several documents',
  check: ({ problems, lines }) =>
    problems
      .filter((problem) => problem.kind === 'documents')
      .map(({ span, message }) => ({ range: lines.range(span), message })),
};
