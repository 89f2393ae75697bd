import { listed } from '../suggest.ts';
import type { ExpressionNode, ExpressionProblem, Operator } from './ast.ts';
import type { Token } from './tokens.ts';
import { spanWithin, tokensOf } from './tokens.ts';

export interface ParsedExpression {
  node: ExpressionNode;
  problems: ExpressionProblem[];
}

/** Deeper ones nobody writes by hand, and reading them would take the stack. */
const DEEPEST = 50;
/** Operators, dots and brackets in one expression: a tree of them is as deep as they are many. */
const MOST_PARTS = 1000;

const LITERALS = new Map<string, null | boolean | number>([
  ['null', null],
  ['true', true],
  ['false', false],
  ['NaN', Number.NaN],
  ['Infinity', Infinity],
]);

/** From the loosest to the tightest. */
const LEVELS: readonly (readonly string[])[] = [['||'], ['&&'], ['==', '!='], ['<', '<=', '>', '>=']];

/** Operators of other languages, and what to write here. */
const FOREIGN: Record<string, string> = {
  '=': '`==` compares',
  '&': '`&&` is "and"',
  '|': '`||` is "or"',
  '+': 'there is no arithmetic; `format(…)` joins texts',
  '-': 'there is no arithmetic',
  '/': 'there is no arithmetic',
  '%': 'there is no arithmetic',
  '~': '`!` is "not"',
  '?': 'write `condition && value || other`',
  $: 'names stand alone: `params.seed`',
  '{': 'there are no braces within an expression',
};

const AND = 'and';
const OR = 'or';
const NOT = 'not';

/** Any source gives a tree; what is wrong with it is told once, at the first place. */
export function parseExpression(source: string, base = 0): ParsedExpression {
  const parser = new Parser(tokensOf(source, base));
  const node = parser.whole();
  return { node, problems: parser.problems };
}

class Parser {
  readonly problems: ExpressionProblem[] = [];
  private readonly tokens: readonly Token[];
  private at = 0;
  private depth = 0;
  private parts = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  whole(): ExpressionNode {
    const node = this.level(0);
    if (this.token.kind !== 'end') this.complain(this.token, this.unexpected(this.token));
    return node;
  }

  private get token(): Token {
    return this.tokens[Math.min(this.at, this.tokens.length - 1)] as Token;
  }

  private is(text: string): boolean {
    return this.token.kind === 'operator' && this.token.text === text;
  }

  private take(): Token {
    const { token } = this;
    this.at++;
    return token;
  }

  private level(at: number): ExpressionNode {
    const operators = LEVELS[at];
    if (!operators) return this.unary();
    let left = this.level(at + 1);
    while (this.token.kind === 'operator' && operators.includes(this.token.text) && this.hasRoom()) {
      const operator = this.take().text as Exclude<Operator, '!'>;
      const right = this.level(at + 1);
      left = { kind: 'binary', operator, left, right, span: [left.span[0], right.span[1]] };
    }
    return left;
  }

  private unary(): ExpressionNode {
    if (!this.is('!')) return this.postfix();
    const { span } = this.take();
    const of = this.deeper(() => this.unary());
    return { kind: 'not', of, span: [span[0], of.span[1]] };
  }

  private postfix(): ExpressionNode {
    let node = this.primary();
    for (;;) {
      const isDot = this.is('.');
      if (!(isDot || this.is('[')) || !this.hasRoom()) return node;
      node = isDot ? this.afterDot(node) : this.inBrackets(node);
    }
  }

  private afterDot(of: ExpressionNode): ExpressionNode {
    const dot = this.take();
    if (this.is('*')) return { kind: 'all', of, span: [of.span[0], this.take().span[1]] };
    const { token } = this;
    if (token.kind !== 'name') {
      const nameSpan = [dot.span[1], dot.span[1]] as const;
      this.complain(dot, 'A name is missing after the dot.');
      return {
        kind: 'property',
        of,
        index: { kind: 'missing', span: nameSpan },
        nameSpan,
        span: [of.span[0], dot.span[1]],
      };
    }
    this.take();
    const value = /^\d+$/.test(token.text) ? Number(token.text) : token.text;
    const index: ExpressionNode = { kind: 'literal', value, span: token.span };
    return { kind: 'property', of, index, nameSpan: token.span, span: [of.span[0], token.span[1]] };
  }

  private inBrackets(of: ExpressionNode): ExpressionNode {
    const open = this.take();
    if (this.is('*')) {
      this.take();
      return { kind: 'all', of, span: [of.span[0], this.close(open, ']')] };
    }
    const first = this.token;
    const index = this.deeper(() => this.level(0));
    const end = this.close(open, ']');
    const nameSpan = first.kind === 'string' && index.kind === 'literal' ? spanWithin(first) : index.span;
    return { kind: 'property', of, index, nameSpan, span: [of.span[0], end] };
  }

  private primary(): ExpressionNode {
    const { token } = this;
    if (token.kind === 'number') return this.literal(token.value);
    if (token.kind === 'string') {
      if (!token.closed) this.complain(token, `This text is never closed: end it with \`${token.text.charAt(0)}\`.`);
      return this.literal(token.value);
    }
    if (token.kind === 'name') return this.named();
    if (this.is('(')) return this.inParentheses();
    this.complain(token, token.kind === 'end' ? 'A value is missing at the end.' : this.unexpected(token));
    // what nobody can read is passed over, so that what follows is still read
    if (token.kind === 'unknown') this.take();
    return { kind: 'missing', span: [token.span[0], token.span[0]] };
  }

  private literal(value: null | boolean | number | string): ExpressionNode {
    return { kind: 'literal', value, span: this.take().span };
  }

  private named(): ExpressionNode {
    const { text: name, span } = this.take();
    if (this.is('(')) return this.call(name, span);
    const literal = LITERALS.get(name);
    return literal === undefined ? { kind: 'context', name, span } : { kind: 'literal', value: literal, span };
  }

  private call(name: string, nameSpan: Token['span']): ExpressionNode {
    const open = this.take();
    const args: ExpressionNode[] = [];
    while (!this.is(')') && this.token.kind !== 'end') {
      args.push(this.deeper(() => this.level(0)));
      if (!this.is(',')) break;
      this.take();
      if (this.is(')')) args.push(this.missing('A value is missing after the comma.'));
    }
    return { kind: 'call', name, nameSpan, args, span: [nameSpan[0], this.close(open, ')')] };
  }

  private inParentheses(): ExpressionNode {
    const open = this.take();
    const node = this.deeper(() => this.level(0));
    const end = this.close(open, ')');
    return { ...node, span: [open.span[0], end] };
  }

  private missing(message: string): ExpressionNode {
    this.complain(this.token, message);
    return { kind: 'missing', span: [this.token.span[0], this.token.span[0]] };
  }

  private close(open: Token, bracket: ')' | ']'): number {
    if (this.is(bracket)) return this.take().span[1];
    if (this.token.kind === 'end') this.complain(open, `This bracket is never closed: add \`${bracket}\`.`);
    else this.complain(this.token, this.unexpected(this.token, bracket));
    return this.token.span[0];
  }

  private deeper(read: () => ExpressionNode): ExpressionNode {
    if (this.depth >= DEEPEST) {
      this.giveUp(`This expression is nested more than ${DEEPEST} levels deep: make it simpler.`);
      return { kind: 'missing', span: [this.token.span[0], this.token.span[0]] };
    }
    this.depth++;
    const node = read();
    this.depth--;
    return node;
  }

  private hasRoom(): boolean {
    if (++this.parts <= MOST_PARTS) return true;
    this.giveUp(`This expression has more than ${MOST_PARTS} parts: make it simpler.`);
    return false;
  }

  private giveUp(message: string): void {
    this.complain(this.token, message);
    this.at = this.tokens.length - 1;
  }

  private unexpected({ kind, text }: Token, wanted?: string): string {
    const word = { [AND]: '`&&`', [OR]: '`||`', [NOT]: '`!`' }[text.toLowerCase()];
    if (kind === 'name' && word) return `Write ${word} in place of \`${text}\`.`;
    const advice = Object.hasOwn(FOREIGN, text.charAt(0)) ? FOREIGN[text.charAt(0)] : undefined;
    if (kind === 'unknown' && advice) return `\`${text}\` is not known in expressions: ${advice}.`;
    if (kind === 'end') return 'A value is missing at the end.';
    if (wanted)
      return `\`${text}\` does not belong here: ${listed(['an operator', `\`${wanted}\``], 'or')} must follow.`;
    return `\`${text}\` does not belong here: an operator such as \`==\` or \`&&\` may be missing before it.`;
  }

  /** Those after the first mostly follow from it. */
  private complain({ span }: Token, message: string): void {
    if (this.problems.length === 0) this.problems.push({ span, message });
  }
}
