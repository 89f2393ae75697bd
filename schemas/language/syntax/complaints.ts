import type { CST, Document, YAMLError } from 'yaml';
import { isScalar, visit } from 'yaml';
import type { Span } from '../positions.ts';
import type { Problem } from './tree.ts';

export const COLON_MISSING = 'A `:` is missing here, or a space after it: write `key: value`.';

/** The YAML library's complaints in our words: what is wrong, and what to do. */
const MESSAGES: Record<string, string> = {
  TAB_AS_INDENT: 'A tab cannot indent here: use spaces.',
  BAD_INDENT: 'The indentation does not fit: align this line with its siblings, or close the bracket before it.',
  BAD_SCALAR_START: 'A value cannot begin with this character: put the value in quotes.',
  BLOCK_AS_IMPLICIT_KEY: 'A value holds a second `key:` on its line: put it on a line of its own, or in quotes.',
  BLOCK_IN_FLOW: 'Indented blocks cannot stand between brackets: write it with `{}`, `[]` and commas.',
  MULTILINE_IMPLICIT_KEY: COLON_MISSING,
  MISSING_CHAR: COLON_MISSING,
  UNEXPECTED_TOKEN: 'This does not belong here: quotes, a comma or a line break may be missing before it.',
  BAD_ALIAS: 'An alias needs the name of an anchor: `*name`.',
  BAD_DQ_ESCAPE: 'Unknown escape between double quotes: write `\\\\` for a backslash, or use single quotes.',
  MULTIPLE_ANCHORS: 'A value can have one anchor only.',
  MULTIPLE_TAGS: 'A value can have one tag only.',
  KEY_OVER_1024_CHARS: 'A key can be 1024 characters at most.',
  TAG_RESOLVE_FAILED: 'This tag is not known here: leave it out.',
};

const STAR = 'A value that begins with `*` needs double quotes around it.';
const EXPRESSION = 'An expression between `{ }` or `[ ]` needs double quotes around it.';

export function complaint(error: YAMLError, document: Document.Parsed, text: string, base: number): Problem {
  const moved = ([start, end]: Span): Span => [start + base, end + base];
  if (/Missing closing .*quote/.test(error.message)) {
    const message = 'This quote is never closed: close it on the same line.';
    return { kind: 'syntax', span: moved(openingQuote(document, error.pos[0], text)), message };
  }
  const unquoted = unquotedExpression(error, text);
  if (unquoted) {
    const span = moved(unquoted);
    const newText = `"${text.slice(...unquoted).replaceAll('"', "'")}"`;
    return { kind: 'syntax', span, message: EXPRESSION, fix: { title: 'Put the expression in quotes', span, newText } };
  }
  const star = unquotedStar(error, text);
  if (star) {
    const span = moved(star);
    const newText = `"${text.slice(...star)}"`;
    return { kind: 'syntax', span, message: STAR, fix: { title: 'Put the value in quotes', span, newText } };
  }
  if (/ must be sufficiently indented and end with a|Expected .* to end with/.test(error.message)) {
    const span = moved(openingBracket(document, error.pos[0], text));
    return { kind: 'syntax', span, message: 'This bracket is never closed: close it before the next key.' };
  }
  const span = moved(onOneLine(error.pos, text));
  return { kind: 'syntax', span, message: MESSAGES[error.code] ?? `${error.message}.` };
}

/** The library complains at the end of the text; the person wants to see where it began. */
function openingQuote(document: Document.Parsed, end: number, text: string): Span {
  let start = end;
  visit(document, {
    Scalar(_, node) {
      if (isScalar(node) && node.type?.startsWith('QUOTE') && node.range && node.range[1] >= end - 1) {
        start = node.range[0];
      }
    },
  });
  return onOneLine([start, end], text);
}

/** The innermost bracket that is still open there. */
function openingBracket(document: Document.Parsed, at: number, text: string): Span {
  let start = at;
  visit(document, {
    Collection(_, node) {
      if (isOpen(node.srcToken) && node.range && node.range[0] < at && node.range[1] >= at - 1) start = node.range[0];
    },
  });
  return onOneLine([start, start + 1], text);
}

function isOpen(token: CST.Token | undefined): boolean {
  if (token?.type !== 'flow-collection') return false;
  return token.end[0]?.source !== (token.start.source === '[' ? ']' : '}');
}

function onOneLine([start, end]: readonly [number, number], text: string): Span {
  const from = Math.min(start, text.length);
  const rest = text.slice(from, Math.max(from, Math.min(end, text.length)));
  const line = rest.search(/[\r\n]/);
  const length = line < 0 ? rest.length : line;
  // an empty line has nothing to underline
  return [from, from + Math.max(length, from < text.length && !'\r\n'.includes(text.charAt(from)) ? 1 : 0)];
}

/** The whole value that the expression is a part of: `[build/model-${{ matrix.depth }}.json]`. */
function unquotedExpression(error: YAMLError, text: string): Span | null {
  if (error.code !== 'UNEXPECTED_TOKEN' && error.code !== 'MISSING_CHAR') return null;
  // a `{` that stands for the beginning of an expression has its `$` before it
  const open = text.lastIndexOf('${{', error.pos[0]);
  if (open < 0 || text.slice(open, error.pos[0]).includes('\n')) return null;
  const close = text.indexOf('}}', open);
  if (close < 0 || /[\r\n]/.test(text.slice(open, close))) return null;
  const before = /(?:[^[\]{},:\r\n]|:(?! ))*$/.exec(text.slice(0, open))?.[0].trimStart() ?? '';
  const after = /^(?:\$\{\{[^\r\n]*?\}\}|[^[\]{},\r\n])*/.exec(text.slice(close + 2))?.[0].trimEnd() ?? '';
  return /["']/.test(before) ? null : [open - before.length, close + 2 + after.length];
}

// `cron: */5 * * * *`, which YAML takes for an alias with something odd behind it
function unquotedStar(error: YAMLError, text: string): Span | null {
  if (error.code !== 'UNEXPECTED_TOKEN') return null;
  const lineStart = Math.max(text.lastIndexOf('\n', error.pos[0] - 1), text.lastIndexOf('\r', error.pos[0] - 1)) + 1;
  const line = /^[^\r\n]*/.exec(text.slice(lineStart))?.[0] ?? '';
  const found = /^(\s*(?:- +)*(?:[\w.-]+: +)?)(\*[^\s"'#,[\]{}]*(?: +[^\s"'#,[\]{}:]+)+)\s*(?:#.*)?$/.exec(line);
  if (!found) return null;
  const [, before = '', value = ''] = found;
  return [lineStart + before.length, lineStart + before.length + value.length];
}
