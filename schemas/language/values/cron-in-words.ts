import { readCron } from './cron.ts';

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const SHORT_DAYS = DAYS.map((day) => day.slice(0, 3));
const WORDS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

const NICKNAMES: Readonly<Record<string, string>> = {
  '@hourly': 'every hour',
  '@daily': 'every day 00:00',
  '@midnight': 'every day 00:00',
  '@weekly': 'every Sunday 00:00',
  '@monthly': 'day 1 of each month 00:00',
  '@yearly': '1 January 00:00',
  '@annually': '1 January 00:00',
};

/** "every day 03:00", "Mon to Fri 08:30", "every 15 minutes": the usual ones; any other as it is written. */
export function cronInWords(expression: string): string {
  const text = expression.trim().replace(/\s+/g, ' ');
  const nickname = NICKNAMES[text.toLowerCase()];
  if (nickname !== undefined) return nickname;
  if ('problem' in readCron(expression)) return text;
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = text.split(' ');
  const always = month === '*' && day === '*' && weekday === '*';
  if (always && hour === '*') return withinTheHour(minute) ?? text;
  if (always && minute === '0' && /^\*\/\d+$/.test(hour)) return every(hour, 'hour');
  const at = times(minute, hour);
  const on = month === '*' ? days(day, weekday) : null;
  return at !== null && on !== null ? `${on} ${at}` : text;
}

function withinTheHour(minute: string): string | null {
  if (minute === '*') return 'every minute';
  if (minute === '0') return 'every hour';
  if (/^\*\/\d+$/.test(minute)) return every(minute, 'minute');
  return /^\d+$/.test(minute) ? `every hour at :${minute.padStart(2, '0')}` : null;
}

/** Only where it comes out even is it so many minutes each time. */
function every(field: string, unit: 'minute' | 'hour'): string {
  const step = Number(field.slice(2));
  const all = unit === 'minute' ? 60 : 24;
  if (step === 1) return `every ${unit}`;
  return all % step === 0 ? `every ${step} ${unit}s` : `every ${step} ${unit}s from ${unit} 0`;
}

function times(minute: string, hour: string): string | null {
  if (!/^\d+$/.test(minute) || !/^\d+(,\d+)*$/.test(hour)) return null;
  return hour
    .split(',')
    .map((one) => `${one.padStart(2, '0')}:${minute.padStart(2, '0')}`)
    .join(', ');
}

function days(day: string, weekday: string): string | null {
  if (day === '*' && weekday === '*') return 'every day';
  if (day === '*') return weekdays(weekday);
  if (weekday !== '*') return null;
  if (day.toUpperCase() === 'L') return 'last day of each month';
  return /^\d+$/.test(day) ? `day ${day} of each month` : null;
}

function weekdays(field: string): string | null {
  const range = /^(\w+)-(\w+)$/.exec(field);
  const [from, to] = [weekdayOf(range?.[1] ?? ''), weekdayOf(range?.[2] ?? '')];
  if (from !== null && to !== null) return `${SHORT_DAYS[from]} to ${SHORT_DAYS[to]}`;
  const named = field.split(',').map(weekdayOf);
  if (named.some((one) => one === null)) return null;
  const [only, second] = named;
  if (second === undefined) return `every ${DAYS[only ?? 0]}`;
  return named.map((one) => SHORT_DAYS[one ?? 0]).join(', ');
}

function weekdayOf(word: string): number | null {
  const named = WORDS.indexOf(word.toUpperCase());
  if (named >= 0) return named;
  return /^[0-7]$/.test(word) ? Number(word) % 7 : null;
}
