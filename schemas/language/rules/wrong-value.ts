import { meantStage } from '../../model-ref.ts';
import type { Mismatch } from '../check/mismatch.ts';
import type { Finding } from '../diagnostic.ts';
import type { FormatName } from '../grammar/formats.ts';
import { FORMATS, HOLDS_NUL } from '../grammar/formats.ts';
import type { Shape } from '../grammar/shape.ts';
import type { LineIndex } from '../positions.ts';
import { closest } from '../suggest.ts';
import { isAmount, MEANT_AMOUNTS } from '../values/meant-amount.ts';
import { meantTimeZone } from '../values/time-zone.ts';
import { replacement, valueInstead } from './fixes.ts';
import type { Rule } from './rule.ts';
import { quotedList } from './words.ts';

export const wrongValue: Rule = {
  code: 'CRISOL115',
  severity: 'error',
  title: 'Wrong value',
  check: ({ mismatches, lines }) => mismatches.flatMap((mismatch) => describe(mismatch, lines) ?? []),
};

function describe(mismatch: Mismatch, lines: LineIndex): Finding | null {
  switch (mismatch.kind) {
    case 'not-a-choice':
      return notAChoice(mismatch, lines);
    case 'out-of-range': {
      const { node, shape } = mismatch;
      return { range: lines.range(node.span), message: `${node.text} is not possible here: give ${bounds(shape)}.` };
    }
    case 'bad-format':
      // a rule of its own says which field is wrong
      if (mismatch.format === 'cron') return null;
      return badFormat(mismatch, lines);
    case 'bad-name': {
      const { entry, format } = mismatch;
      return { range: lines.range(entry.keySpan), message: `${subjectOf(entry.key)} is not ${FORMATS[format].takes}.` };
    }
    default:
      return null;
  }
}

function notAChoice({ node, choices }: Extract<Mismatch, { kind: 'not-a-choice' }>, lines: LineIndex): Finding {
  const words = choices.map(String);
  const meant = closest(node.text, words);
  const range = lines.range(node.span);
  const known = quotedList(words);
  const message = `\`${node.text}\` is not possible here: ${meant ? `did you mean \`${meant}\`? It` : 'it'} takes ${known}.`;
  return { range, message, fixes: meant ? [replacement(range, meant)] : undefined };
}

const subjectOf = (text: string): string => (text.trim() === '' ? 'An empty text' : `\`${text}\``);

function badFormat({ node, format }: Extract<Mismatch, { kind: 'bad-format' }>, lines: LineIndex): Finding {
  const range = lines.range(node.span);
  const message = format === 'process-text' ? HOLDS_NUL : `${subjectOf(node.text)} is not ${FORMATS[format].takes}.`;
  const meant = meantTexts(node.text, format).filter(FORMATS[format].accepts);
  const isOnly = format === 'time-zone' && meant.length === 1;
  const told = isOnly ? `\`${node.text}\` is no time zone: did you mean \`${meant[0]}\`?` : message;
  return { range, message: told, fixes: meant.length > 0 ? meant.map((text) => valueInstead(range, text)) : undefined };
}

function meantTexts(text: string, format: FormatName): string[] {
  if (format === 'time-zone') return [meantTimeZone(text) ?? []].flat();
  if (format === 'model-ref') return meantModels(text);
  return isAmount(format) ? MEANT_AMOUNTS[format](text) : [];
}

function meantModels(text: string): string[] {
  const at = text.lastIndexOf('@') + 1;
  const stage = at > 0 ? meantStage(text.slice(at)) : null;
  return stage ? [text.slice(0, at) + stage] : [];
}

/** "a whole number from 1 and up to 100" */
export function bounds({ minimum, maximum, exclusiveMinimum, exclusiveMaximum, type }: Shape): string {
  const number = type === 'integer' ? 'a whole number' : 'a number';
  const limits = [
    minimum === undefined ? [] : [`from ${minimum}`],
    exclusiveMinimum === undefined ? [] : [`over ${exclusiveMinimum}`],
    maximum === undefined ? [] : [`up to ${maximum}`],
    exclusiveMaximum === undefined ? [] : [`under ${exclusiveMaximum}`],
  ].flat();
  return `${number} ${limits.join(' and ')}`.trim();
}
