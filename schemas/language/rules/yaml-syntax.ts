import type { Rule } from './rule.ts';

export const yamlSyntax: Rule = {
  code: 'CRISOL101',
  severity: 'error',
  title: 'YAML syntax',
  check: ({ problems, lines }) =>
    problems
      .filter((problem) => problem.kind === 'syntax')
      .map(({ span, message, fix }) => ({
        range: lines.range(span),
        message,
        fixes: fix && [{ title: fix.title, edits: [{ range: lines.range(fix.span), newText: fix.newText }] }],
      })),
};
