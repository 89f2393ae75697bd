import type { Diagnostic, Position, Range } from 'vscode-languageserver';
import { DiagnosticTag } from 'vscode-languageserver';
import { changeBetween } from '../../schemas/language/text-change.ts';

/** Nobody is told of half a word: for so long nothing was typed when what is wrong with it is told. */
export const PAUSE_MS = 400;

export interface TypedDocument {
  uri: string;
  getText(): string;
  positionAt(offset: number): Position;
  offsetAt(position: Position): number;
}

export interface TypingPorts {
  /** gives back how to call it off */
  later(act: () => void, ms: number): () => void;
  paused(): void;
}

interface Place {
  text: string;
  caret: number;
  line: number;
  offsetAt(position: Position): number;
}

/** Where somebody types right now. What is new there waits until they pause; what went away is gone at once. */
export class Typing {
  readonly #ports: TypingPorts;
  readonly #texts = new Map<string, string>();
  readonly #told = new Map<string, ReadonlySet<string>>();
  #typed: { uri: string; place: Place; callOff: () => void } | null = null;

  constructor(ports: TypingPorts) {
    this.#ports = ports;
  }

  changed(document: TypedDocument): void {
    const { uri } = document;
    const text = document.getText();
    const before = this.#texts.get(uri);
    this.#texts.set(uri, text);
    this.#typed?.callOff();
    this.#typed = null;
    if (before === undefined || before === text) return;
    const { from, newEnd } = changeBetween(before, text);
    if (!isKeyStroke(text.slice(from, newEnd))) return;
    const place = {
      text,
      caret: newEnd,
      line: document.positionAt(newEnd).line,
      offsetAt: document.offsetAt.bind(document),
    };
    this.#typed = { uri, place, callOff: this.#ports.later(() => this.#pause(), PAUSE_MS) };
  }

  closed(uri: string): void {
    this.#texts.delete(uri);
    this.#told.delete(uri);
    if (this.#typed?.uri !== uri) return;
    this.#typed.callOff();
    this.#typed = null;
  }

  /** Without what has to wait. */
  toldOf(uri: string, found: Diagnostic[]): Diagnostic[] {
    const place = this.#typed?.uri === uri ? this.#typed.place : null;
    const known = this.#told.get(uri);
    // whatever the word will be may use what nothing uses now, in whichever file that is
    const waits = (one: Diagnostic) => (place && concerns(one, uri, place)) || (this.#typed && isUnnecessary(one));
    const told = found.filter((one) => known?.has(nameOf(one)) || !waits(one));
    this.#told.set(uri, new Set(told.map(nameOf)));
    return told;
  }

  #pause(): void {
    this.#typed = null;
    this.#ports.paused();
  }
}

/** One key, with the bracket or the indentation that the editor adds; not what was pasted, completed or mended. */
const isKeyStroke = (inserted: string): boolean => inserted.replaceAll(/\s/g, '').length <= 2;

const nameOf = ({ code, message }: Diagnostic): string => `${code} ${message}`;

const isUnnecessary = ({ tags }: Diagnostic): boolean => tags?.includes(DiagnosticTag.Unnecessary) ?? false;

function concerns({ range, relatedInformation = [] }: Diagnostic, uri: string, place: Place): boolean {
  const here = relatedInformation.flatMap(({ location }) => (location.uri === uri ? location.range : []));
  return [range, ...here].some((one) => isUnderWay(one, place));
}

/** On the line that is typed in, or right before it: `deps:` and nothing yet below. */
function isUnderWay({ start, end }: Range, { text, caret, line, offsetAt }: Place): boolean {
  if (start.line <= line && line <= end.line) return start.line === end.line || start.line === line;
  return end.line < line && line - end.line <= 2 && /^\s*[:-][\s:-]*$/.test(text.slice(offsetAt(end), caret));
}
