import type { Rule } from './rule.ts';

export const refused: Rule = {
  code: 'CRISOL102',
  severity: 'error',
  title: 'Too large, too deep or too many aliases',
  check: ({ problems, lines }) =>
    problems
      .filter((problem) => problem.kind === 'refused')
      .map(({ span, message }) => ({ range: lines.range(span), message })),
};
