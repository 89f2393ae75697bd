import type { Span } from '../../schemas/language/positions.ts';

export interface ScriptToken {
  span: Span;
  type: 'comment' | 'string' | 'variable' | 'keyword' | 'function' | 'parameter' | 'operator';
}

const KEYWORDS = new Set(
  'if then elif else fi for in do done while until case esac function export local return set exit cd'.split(' '),
);

/** One after the other: what matches first is it. */
const TOKENS = new RegExp(
  [
    /(?<comment>(?<=^|[\s;])#.*)/,
    /(?<string>'[^'\n]*'|"(?:\\.|[^"\\\n])*")/,
    /(?<variable>\$(?:\w+|\{\w+\}))/,
    /(?<operator>&&|\|\||[|;<>&])/,
    /(?<parameter>(?<=^|\s)--?[A-Za-z][\w-]*)/,
    /(?<word>[^\\\s'"|;&<>()`$]+)/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gm',
);

/**
 * The words of a shell script as far as a glance tells them apart; offsets count from `base`. `folded`: its lines are one, only an
 * empty one ends it.
 */
export function scriptTokens(script: string, base: number, folded: boolean): ScriptToken[] {
  const tokens: ScriptToken[] = [];
  let begins = true;
  let before = 0;
  for (const { 0: text, index, groups = {} } of script.matchAll(TOKENS)) {
    if (endsCommand(script.slice(before, index), folded)) begins = true;
    before = index + text.length;
    const type: ScriptToken['type'] | null = groups.word === undefined ? kindOf(groups) : wordKind(text, begins);
    if (type) tokens.push({ span: [base + index, base + before], type });
    const isPrefix = KEYWORDS.has(text) || ASSIGNMENT.test(text);
    begins = type === 'operator' ? !/[<>]/.test(text) : begins && isPrefix;
  }
  return tokens;
}

const ASSIGNMENT = /^\w+=/;

/** Between two words; after a backslash a line goes on. */
const endsCommand = (gap: string, folded: boolean): boolean =>
  folded ? /\n[ \t]*\r?\n/.test(gap) : /(?<!\\)\r?\n/.test(gap);

function kindOf(groups: Record<string, string | undefined>): ScriptToken['type'] | null {
  const kinds = ['comment', 'string', 'variable', 'operator', 'parameter'] as const;
  return kinds.find((kind) => groups[kind] !== undefined) ?? null;
}

/** The first word of a command is what runs. */
function wordKind(word: string, begins: boolean): ScriptToken['type'] | null {
  if (!begins) return null;
  if (KEYWORDS.has(word)) return 'keyword';
  if (ASSIGNMENT.test(word)) return 'variable';
  return /^[\w./~@-]+$/.test(word) ? 'function' : null;
}
