import type { Condition, SearchKind } from './conditions.ts';

/** A run as a filter sees it. */
export interface SearchedRun {
  /** a metric's newest value, a param, a tag or an attribute in the grammar's own words; undefined where there is none */
  value(kind: Exclude<SearchKind, 'dataset'>, key: string): number | string | undefined;
  datasets(): readonly Partial<Record<string, string>>[];
}

type Value = number | string | undefined;
type Test = (value: Value) => boolean;

/** A run's name is searched for as a tag, too. */
const RUN_NAME_TAG = 'mlflow.runName';

/** Whether all conditions hold of a run: what the daemon's search finds, for those who have the runs already. */
export function runFilter(conditions: readonly Condition[]): (run: SearchedRun) => boolean {
  const tests = conditions.map(runTest);
  return (run) => tests.every((test) => test(run));
}

function runTest(condition: Condition): (run: SearchedRun) => boolean {
  const { kind, key } = condition;
  const test = valueTest(condition);
  if (kind === 'dataset') return (run) => run.datasets().some((dataset) => test(dataset[key]));
  if (kind === 'tag' && key === RUN_NAME_TAG) return (run) => test(run.value('attribute', 'run_name'));
  return (run) => test(run.value(kind, key));
}

/** What is not there fulfils nothing but IS NULL, and NaN only differs. */
function valueTest(condition: Condition): Test {
  if (condition.op === 'IS NULL') return (value) => value === undefined;
  const test = presentTest(condition);
  return (value) => value !== undefined && test(value);
}

function presentTest({ op, value: wanted }: Condition): (value: number | string) => boolean {
  switch (op) {
    case '=':
      return (value) => value === wanted;
    case '!=':
      return (value) => value !== wanted;
    case '<':
      return (value) => typeof value === 'number' && value < wanted;
    case '<=':
      return (value) => typeof value === 'number' && value <= wanted;
    case '>':
      return (value) => typeof value === 'number' && value > wanted;
    case '>=':
      return (value) => typeof value === 'number' && value >= wanted;
    case 'IN':
      return oneOf(wanted);
    case 'NOT IN': {
      const isOne = oneOf(wanted);
      return (value) => !isOne(value);
    }
    case 'LIKE':
      return like(wanted, (text) => text);
    case 'ILIKE':
      return like(wanted, isEnglish(wanted) ? lower : (text) => text.toLowerCase());
    default:
      return () => true;
  }
}

function oneOf(wanted: readonly string[]): (value: number | string) => boolean {
  const all = new Set(wanted);
  return (value) => all.has(String(value));
}

const isEnglish = (text: string): boolean => /^\p{ASCII}*$/u.test(text);

/** As SQLite does it for such patterns: only letters of ASCII have two cases. */
function lower(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** `%` is anything, `_` one character. */
function like(pattern: string, fold: (text: string) => string): (value: number | string) => boolean {
  const signs = [...fold(pattern)];
  return (value) => isLike([...fold(String(value))], signs);
}

/** Goes back to the last `%` only, so that no pattern takes long. */
function isLike(text: readonly string[], signs: readonly string[]): boolean {
  let [at, sign, anyFrom, anySign] = [0, 0, 0, -1];
  while (at < text.length) {
    if (signs[sign] === '%') {
      [anySign, anyFrom] = [sign, at];
      sign += 1;
    } else if (signs[sign] === '_' || (sign < signs.length && signs[sign] === text[at])) {
      at += 1;
      sign += 1;
    } else if (anySign >= 0) {
      anyFrom += 1;
      [at, sign] = [anyFrom, anySign + 1];
    } else return false;
  }
  while (signs[sign] === '%') sign += 1;
  return sign === signs.length;
}
