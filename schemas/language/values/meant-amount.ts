import { parseDuration } from './duration.ts';
import { parseLimit } from './limit.ts';
import { parsePercentage } from './percentage.ts';
import { parseSize } from './size.ts';

/** What may be meant by an amount that is written as other tools have it, the likeliest first: its unit in full, or none at all. */
export const MEANT_AMOUNTS = {
  duration: (text: string) => [...inUnits(text, ['s', 'm', 'h']), ...durationInWords(text)].filter(parseDuration),
  size: (text: string) => [...inUnits(text, ['Mi', 'Gi']), ...sizeInWords(text)].filter(parseSize),
  percentage: (text: string) => shares(text.replaceAll(' ', '')).filter((share) => parsePercentage(share) !== null),
  limit: (text: string) => [`> ${text.replaceAll(' ', '')}`].filter((limit) => parseLimit(limit) !== null),
} as const;

export const isAmount = (format: string): format is keyof typeof MEANT_AMOUNTS => Object.hasOwn(MEANT_AMOUNTS, format);

const NUMBER = /^\d+(?:\.\d+)?$/;

const inUnits = (text: string, units: readonly string[]): string[] =>
  NUMBER.test(text) ? units.map((unit) => `${text}${unit}`) : [];

const TIMES: readonly (readonly [RegExp, string])[] = [
  [/^(?:ms|msecs?|millis|milliseconds?)$/, 'ms'],
  [/^(?:s|secs?|seconds?)$/, 's'],
  [/^(?:m|mins?|minutes?)$/, 'm'],
  [/^(?:h|hrs?|hours?)$/, 'h'],
  [/^(?:d|days?)$/, 'd'],
];

/** `30 seconds`, `5min`, `2 weeks`, `1h30m` */
function durationInWords(text: string): string[] {
  const parts = /^(?:(\d{1,4})h)? ?(?:(\d{1,4})m)? ?(?:(\d{1,4})s)?$/.exec(text);
  const [hours, minutes, seconds] = (parts ?? []).slice(1).map((part) => Number(part ?? 0));
  if (parts && seconds === 0) return [`${(hours ?? 0) * 60 + (minutes ?? 0)}m`];
  if (parts) return [`${((hours ?? 0) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)}s`];
  const [, number = '', word = ''] = /^(\d+(?:\.\d+)?) ?([A-Za-z]+)$/.exec(text) ?? [];
  if (/^w(?:eeks?)?$/i.test(word)) return [`${Number(number) * 7}d`];
  return TIMES.filter(([form]) => form.test(word.toLowerCase())).map(([, unit]) => `${number}${unit}`);
}

/** `2GB`, `512 MiB`, `2gi` */
function sizeInWords(text: string): string[] {
  const [, number, letter = '', binary = ''] = /^(\d+(?:\.\d+)?) ?([KMGT])(i?)B?$/i.exec(text) ?? [];
  return number === undefined ? [] : [`${number}${letter.toUpperCase()}${binary.toLowerCase()}`];
}

/** `0.05` is rather 5 % than a twentieth of one; `1` may be all. */
function shares(text: string): string[] {
  if (!NUMBER.test(text)) return [text];
  const number = Number(text);
  const ofAll = `${Number((number * 100).toFixed(4))}%`;
  if (number === 1) return [ofAll, '1%'];
  return number > 0 && number < 1 ? [ofAll] : [`${text}%`];
}
