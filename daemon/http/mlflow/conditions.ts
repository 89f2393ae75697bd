import type { Condition } from '../../../schemas/search/index.ts';
import { Patience } from '../../base/patience.ts';

/** Models and their versions are searched in passing. */
const patience = new Patience(2_000);

/** Whether a condition is true of a value; of one that is missing only `IS NULL` is. */
export function holds(condition: Condition, found: string | number | null): boolean {
  if (found === null) return condition.op === 'IS NULL';
  switch (condition.op) {
    case 'IS NULL':
      return false;
    case 'IS NOT NULL':
      return true;
    case 'IN':
      return condition.value.includes(String(found));
    case 'NOT IN':
      return !condition.value.includes(String(found));
    case 'LIKE':
      patience.check();
      return isLike(String(found), condition.value);
    case 'ILIKE':
      patience.check();
      return isLike(String(found).toLowerCase(), condition.value.toLowerCase());
    default:
      return compares(condition.op, found, condition.value);
  }
}

type Comparison = '=' | '!=' | '>' | '>=' | '<' | '<=';

function compares(op: Comparison, found: string | number, value: string | number): boolean {
  if (found === value) return op === '=' || op === '>=' || op === '<=';
  if (op === '!=') return true;
  return found > value ? op === '>' || op === '>=' : op === '<' || op === '<=';
}

/**
 * `%` stands for any text, `_` for one character. Not as a regular expression: with many `%` and a long text one of those
 * would never come to an end.
 */
export function isLike(text: string, pattern: string): boolean {
  const [chars, wanted] = [[...text], [...pattern]];
  let [at, place] = [0, 0];
  /** where the newest `%` stands, and how far it reaches so far */
  let [any, reached] = [-1, 0];
  while (at < chars.length) {
    if (wanted[place] === '%') [any, reached] = [place++, at];
    else if (wanted[place] === '_' || wanted[place] === chars[at]) [at, place] = [at + 1, place + 1];
    else if (any >= 0) [at, place] = [++reached, any + 1];
    else return false;
  }
  return wanted.slice(place).every((char) => char === '%');
}
