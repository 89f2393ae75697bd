import type { Span } from '../positions.ts';

/** Five fields, read: the days as a rule, since months have different lengths. */
export interface CronSchedule {
  minutes: ReadonlySet<number>;
  hours: ReadonlySet<number>;
  months: ReadonlySet<number>;
  isDay(day: CronDay): boolean;
}

/** A day of the calendar: `weekday` 0 is Sunday. */
export interface CronDay {
  day: number;
  weekday: number;
  daysInMonth: number;
}

export type CronReading = { schedule: CronSchedule } | { problem: string; span: Span };

interface Field {
  name: string;
  from: number;
  to: number;
  /** of the least value on */
  words?: readonly string[];
}

const MINUTE: Field = { name: 'a minute', from: 0, to: 59 };
const HOUR: Field = { name: 'an hour', from: 0, to: 23 };
const DAY: Field = { name: 'a day of the month', from: 1, to: 31 };
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH: Field = { name: 'a month', from: 1, to: 12, words: MONTHS };
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const WEEKDAY: Field = { name: 'a day of the week', from: 0, to: 7, words: WEEKDAYS };

const NICKNAMES: Readonly<Record<string, string>> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
};

const FIELDS_NEEDED =
  'Five fields are needed: minute, hour, day of the month, month and day of the week, such as `0 3 * * *`.';

/** `0 3 * * 1-5` and `@daily`; also `L` (the last day), `5#2` (the second Friday) and `L5` (the last one). */
export function readCron(text: string): CronReading {
  const written = text.trim().toLowerCase();
  const nickname = Object.hasOwn(NICKNAMES, written) ? NICKNAMES[written] : undefined;
  const words = Array.from((nickname ?? text).matchAll(/\S+/g), ({ 0: word, index }): Word => ({ word, at: index }));
  const [minute, hour, day, month, weekday, ...more] = words;
  const all: Span = [0, text.length];
  if (text.trim().startsWith('@') && nickname === undefined) {
    return {
      problem: `\`${text.trim()}\` is not known: use \`@hourly\`, \`@daily\`, \`@weekly\`, \`@monthly\` or five fields.`,
      span: all,
    };
  }
  if (!minute || !hour || !day || !month || !weekday || more.length > 0) {
    const count = `${words.length} ${words.length === 1 ? 'stands' : 'stand'} here.`;
    return { problem: `${FIELDS_NEEDED.slice(0, -1)}; ${count}`, span: all };
  }
  try {
    return { schedule: scheduleOf({ minute, hour, day, month, weekday }) };
  } catch (thrown) {
    if (thrown instanceof Mistake) return { problem: thrown.message, span: nickname === undefined ? thrown.span : all };
    throw thrown;
  }
}

interface Word {
  word: string;
  at: number;
}

class Mistake extends Error {
  readonly span: Span;

  constructor(message: string, { word, at }: Word) {
    super(message);
    this.span = [at, at + word.length];
  }
}

function scheduleOf({
  minute,
  hour,
  day,
  month,
  weekday,
}: Record<'minute' | 'hour' | 'day' | 'month' | 'weekday', Word>) {
  const months = valuesOf(month, MONTH);
  const ofMonth = dayRule(day);
  const ofWeek = weekdayRule(weekday);
  // both restricted: either is enough, as cron has it since ever
  const either = isRestricted(day) && isRestricted(weekday);
  const isDay = (one: CronDay) => (either ? ofMonth(one) || ofWeek(one) : ofMonth(one) && ofWeek(one));
  if (isRestricted(day) && !isRestricted(weekday) && !comesUp(months, ofMonth)) {
    throw new Mistake('No month of these has that day, so this never runs: give a day that there is.', day);
  }
  return { minutes: valuesOf(minute, MINUTE), hours: valuesOf(hour, HOUR), months, isDay };
}

const isRestricted = ({ word }: Word) => !word.startsWith('*') && word !== '?';

const LONGEST = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function comesUp(months: ReadonlySet<number>, ofMonth: (day: CronDay) => boolean): boolean {
  return [...months].some((month) => {
    const daysInMonth = LONGEST[month - 1] ?? 31;
    return Array.from({ length: daysInMonth }, (_, at) => ({ day: at + 1, weekday: 0, daysInMonth })).some(ofMonth);
  });
}

function dayRule(word: Word): (day: CronDay) => boolean {
  const pieces = piecesOf(word);
  const isLast = ({ word: one }: Word) => one.toUpperCase() === 'L';
  const days = new Set(pieces.filter((piece) => !isLast(piece)).flatMap((piece) => rangeOf(piece, DAY)));
  const last = pieces.some(isLast);
  return ({ day, daysInMonth }) => days.has(day) || (last && day === daysInMonth);
}

function weekdayRule(word: Word): (day: CronDay) => boolean {
  const rules = piecesOf(word).map(weekdayPiece);
  return (day) => rules.some((rule) => rule(day));
}

function weekdayPiece(piece: Word): (day: CronDay) => boolean {
  const { word } = piece;
  const last = /^L(\w+)$|^(\d)L$/i.exec(word);
  if (last) {
    const wanted = weekdayIn(last[1] ?? last[2] ?? '', piece);
    return ({ day, weekday, daysInMonth }) => weekday === wanted && day > daysInMonth - 7;
  }
  const nth = /^(\w+)#(\d+)$/.exec(word);
  if (nth) {
    const wanted = weekdayIn(nth[1] ?? '', piece);
    const which = Number(nth[2]);
    if (which < 1 || which > 5) throw new Mistake(`A month has no ${which}th week: after \`#\` stands 1 to 5.`, piece);
    return ({ day, weekday }) => weekday === wanted && Math.ceil(day / 7) === which;
  }
  const days = new Set(rangeOf(piece, WEEKDAY).map((day) => day % 7));
  return ({ weekday }) => days.has(weekday);
}

const weekdayIn = (text: string, piece: Word): number => numberIn(text, piece, WEEKDAY) % 7;

const valuesOf = (word: Word, field: Field): Set<number> =>
  new Set(piecesOf(word).flatMap((piece) => rangeOf(piece, field)));

function piecesOf({ word, at }: Word): Word[] {
  let start = at;
  return word.split(',').map((piece) => {
    const found = { word: piece, at: start };
    start += piece.length + 1;
    return found;
  });
}

/** `*`, `5`, `1-5`, `10-50/10`, `5/15` (from 5 on) */
function rangeOf(piece: Word, field: Field): number[] {
  const [range = '', step, ...more] = piece.word.split('/');
  if (more.length > 0) throw new Mistake(`\`${piece.word}\` has more than one step: one \`/\` is enough.`, piece);
  const [from, to] = boundsOf(range, piece, field, step !== undefined);
  const by = step === undefined ? 1 : stepIn(step, piece);
  return Array.from({ length: Math.floor((to - from) / by) + 1 }, (_, at) => from + at * by);
}

function boundsOf(range: string, piece: Word, field: Field, stepped: boolean): [number, number] {
  // Sunday is 0 and 7: all days are 0 to 6
  const top = field === WEEKDAY ? 6 : field.to;
  if (range === '*' || (range === '?' && field !== MINUTE && field !== HOUR)) return [field.from, top];
  const [first = '', second, ...more] = range.split('-');
  const from = numberIn(first, piece, field);
  if (second === undefined) return [from, stepped ? top : from];
  const to = numberIn(second, piece, field);
  if (more.length > 0) throw new Mistake(`\`${range}\` is no range: write it as \`${first}-${second}\`.`, piece);
  if (to < from) throw new Mistake(`\`${range}\` runs backwards: write the smaller first, or two ranges.`, piece);
  return [from, to];
}

function stepIn(step: string, piece: Word): number {
  const by = /^\d{1,4}$/.test(step) ? Number(step) : 0;
  if (by < 1) throw new Mistake(`After \`/\` in \`${piece.word}\` stands a whole number from 1.`, piece);
  return by;
}

function numberIn(text: string, piece: Word, { name, from, to, words = [] }: Field): number {
  const named = words.indexOf(text.toLowerCase());
  if (named >= 0) return named + from;
  const value = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= from && value <= to) return value;
  const example = words.length > 0 ? ` or \`${words[1]?.toUpperCase()}\`` : '';
  const subject = text === '' ? 'Nothing' : `\`${text}\``;
  throw new Mistake(`${subject} is not ${name}: give ${from} to ${to}${example}.`, piece);
}
