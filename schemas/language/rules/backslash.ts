import { namesOfKind } from '../check/names-of-kind.ts';
import { replacement } from './fixes.ts';
import type { Rule } from './rule.ts';

export const backslash: Rule = {
  code: 'CRISOL151',
  severity: 'warning',
  title: 'A path with backslashes',
  check(view) {
    const { text, lines } = view;
    if (!text.includes('\\')) return [];
    const paths = namesOfKind(view, 'path').filter(({ span }) => text.slice(...span).includes('\\'));
    return paths.map(({ span }) => {
      const range = lines.range(span);
      return {
        range,
        message: 'Write paths with `/`, which works everywhere: on Linux and macOS a backslash is a letter of a name.',
        fixes: [replacement(range, text.slice(...span).replaceAll('\\', '/'))],
      };
    });
  },
};
