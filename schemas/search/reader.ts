import { SearchError } from './conditions.ts';
import type { Token } from './tokens.ts';
import { tokenize } from './tokens.ts';

/** Goes through the tokens of a text, one after the other. */
export class TokenReader {
  readonly text: string;
  private readonly tokens: readonly Token[];
  private next = 0;

  constructor(text: string) {
    this.text = text;
    this.tokens = tokenize(text);
  }

  get done(): boolean {
    return this.next >= this.tokens.length;
  }

  peek(ahead = 0): Token | undefined {
    return this.tokens[this.next + ahead];
  }

  take(): Token | undefined {
    const token = this.tokens[this.next];
    if (token) this.next += 1;
    return token;
  }

  /** Whether these words follow, in any case. */
  follows(...words: string[]): boolean {
    return words.every((word, ahead) => {
      const token = this.peek(ahead);
      return token?.kind === 'word' && token.text.toUpperCase() === word;
    });
  }

  /** Takes the words, if they follow. */
  takeWords(...words: string[]): boolean {
    const there = this.follows(...words);
    if (there) this.next += words.length;
    return there;
  }

  takeMark(mark: string): boolean {
    const token = this.peek();
    const there = token?.kind === 'mark' && token.text === mark;
    if (there) this.next += 1;
    return there;
  }

  /** Where the next token begins, or the text ends. */
  get at(): number {
    return this.peek()?.start ?? this.text.length;
  }

  fail(message: string, at = this.at): never {
    throw new SearchError(message, at);
  }
}

const SHOWN_CHARS = 100;

/** A piece of a text, short enough for a message. */
export function shown(text: string): string {
  return text.length <= SHOWN_CHARS ? text : `${text.slice(0, SHOWN_CHARS)}…`;
}
