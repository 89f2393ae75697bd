import type { FastifyInstance } from 'fastify';
import { CrisolError } from '../base/errors.ts';

export const BODY_LIMIT_BYTES = 16 * 1024 * 1024;
/** For what is asked, not told: the ids of some ten thousand experiments, and a long filter. */
export const QUESTION_LIMIT_BYTES = 4 * 1024 * 1024;
const MAX_DEPTH = 64;

/** JSON bodies: no prototype poisoning, and refused before parsing when nested so deeply that walking them would hurt. */
export function readJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  // nothing but JSON: a form of a web page, which asks nobody before it is sent, is not understood
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'string', bodyLimit: BODY_LIMIT_BYTES },
    (request, body, done) => {
      const text = String(body);
      // MLflow's client sends no body at all with some DELETEs
      if (text === '') return done(null, {});
      if (isTooDeep(text)) return done(tooDeep('The JSON body'));
      return parse(request, text, done);
    },
  );
}

/** `what` is nested: walking it would end the stack. */
export function tooDeep(what: string): CrisolError {
  return new CrisolError('HTTP_BODY_TOO_DEEP', `${what} is nested over ${MAX_DEPTH} levels.`);
}

export function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === QUOTE) at = endOfString(text, at);
    else if (char === OPEN_BRACE || char === OPEN_BRACKET) depth++;
    else if (char === CLOSE_BRACE || char === CLOSE_BRACKET) depth--;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}

/** Where the string that starts at `from` ends: at its closing quote, or with the text. */
function endOfString(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
