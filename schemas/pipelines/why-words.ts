import type { JsonValue } from '../language/json.ts';
import { secretIn, secretNamed } from '../language/values/secrets.ts';
import { canonicalJson } from './canonical-json.ts';
import type { Change } from './why.ts';

const LONGEST = 60;

/** `what: before → after`; null: it was not there, or is there no longer. */
export function fromTo(rule: Change['rule'], what: string, before: string | null, after: string | null): Change {
  const change = { rule, what, before, after };
  if (before === null) return { ...change, words: `${what} is new: ${short(after ?? '')}` };
  if (after === null) return { ...change, words: `${what} is gone (it was ${short(before)})` };
  return { ...change, words: `${what}: ${short(before)} → ${short(withoutCommonWord(before, after))}` };
}

/** `Python 3.11.4 → 3.12.1` */
function withoutCommonWord(before: string, after: string): string {
  const [word = '', ...rest] = after.split(' ');
  return word === 'Python' && rest.length > 0 && before.startsWith('Python ') ? rest.join(' ') : after;
}

export function oneOf(before: string, after: string): Pick<Change, 'before' | 'after'> {
  return { before: readable(before), after: readable(after) };
}

/** Of a script of several lines, the first that is another. */
export function commandInWords(before: string, after: string): string {
  const [old, lines] = [before.split('\n'), after.split('\n')];
  if (secretIn(before) || secretIn(after)) return 'the command changed';
  const at = lines.findIndex((line, n) => line !== old[n]);
  const line = at < 0 ? lines.length : at;
  const place = old.length > 1 || lines.length > 1 ? `line ${line + 1} of the command` : 'the command';
  const [one, other] = [old[line], lines[line]];
  if (one === undefined) return `${place} is new: ${short(readable(other ?? ''))}`;
  if (other === undefined) return `${place} is gone (it was ${short(readable(one))})`;
  return `${place}: ${differing(readable(one), readable(other))}`;
}

/** Long lines from a little before where they part. */
function differing(one: string, other: string): string {
  if (one.length <= LONGEST && other.length <= LONGEST) return `${one} → ${other}`;
  const apart = [...one].findIndex((letter, at) => letter !== [...other][at]);
  const from = Math.max(0, (apart < 0 ? one.length : apart) - 20);
  const part = (text: string) => (from > 0 ? '…' : '') + short([...text].slice(from).join(''));
  return `${part(one)} → ${part(other)}`;
}

/** As it is shown. Texts have quotes, so that `"1"` is not taken for 1. */
export const asValue = (value: JsonValue): string => readable(canonicalJson(value).replaceAll('\\u0001', '\u0001'));

export function hasSecret(name: string, value: JsonValue): boolean {
  const text = typeof value === 'string' ? value : canonicalJson(value);
  return secretNamed(name.split('.').at(-1) ?? '', text) || secretIn(text) !== null;
}

/** Marks stand for values of the environment, see daemon/project/secrets.ts. */
export function readable(text: string): string {
  const pieces = text.split('\u0001');
  return pieces
    .map((piece, at) => (at % 2 === 1 && piece.startsWith('env:') ? `\${{ env.${piece.slice(4)} }}` : piece))
    .join('');
}

export const short = (text: string): string => {
  const letters = [...text.replaceAll('\n', ' ')];
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join('')}…` : letters.join('');
};
