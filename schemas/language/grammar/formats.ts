import { isModelName, isModelRef } from '../../model-ref.ts';
import { readCron } from '../values/cron.ts';
import { parseDuration } from '../values/duration.ts';
import { parseGoal } from '../values/goal.ts';
import { parseLimit } from '../values/limit.ts';
import { parsePercentage } from '../values/percentage.ts';
import { parseSize } from '../values/size.ts';
import { isTimeZone } from '../values/time-zone.ts';

interface Format {
  /** in words, after "is not" */
  takes: string;
  accepts(text: string): boolean;
  /** for JSON Schema, whose readers do not know `accepts`: never narrower than that */
  pattern: string;
}

/** Of a text that is written so, or becomes so by an expression. */
export const HOLDS_NUL =
  'This holds the character NUL, which no command, variable or path can: leave it out, or let the command write it.';

/** Names become file names and parts of addresses: no spaces, no slashes, nothing hidden. */
const NAME = '[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}';
const ONE_NAME = new RegExp(`^${NAME}$`);

export const FORMATS = {
  name: {
    takes: 'a name: letters, digits, `_`, `-` and `.`, at most 100, not beginning with `-` or `.`',
    accepts: (text: string) => ONE_NAME.test(text),
    pattern: `^${NAME}$`,
  },
  'project-name': {
    takes: 'a name of a project: not empty',
    accepts: (text: string) => text.trim() !== '',
    pattern: '\\S',
  },
  variable: {
    takes: 'a name of a variable: not empty, without `=` and without an expression',
    accepts: (text: string) => /^[^=\0]+$/.test(text) && !text.includes('${{'),
    pattern: '^[^=]+$',
  },
  // what an operating system gives to a process ends where such a character stands
  'process-text': {
    takes: 'a text without the character NUL',
    accepts: (text: string) => !text.includes('\0'),
    pattern: '^[^\\u0000]*$',
  },
  duration: {
    takes: 'a time such as `30s`, `10m` or `1h`',
    accepts: (text: string) => parseDuration(text) !== null,
    pattern: '^\\d{1,9}(\\.\\d{1,3})?(ms|s|m|h|d)$',
  },
  'model-name': {
    takes: 'a name of a model: not empty, without `/` and `:`, at most 256 characters',
    accepts: isModelName,
    pattern: '^(?!\\.\\.)[^/:]*[^/:\\s][^/:]*$',
  },
  'model-ref': {
    takes:
      'a model: `NAME@STAGE` (development, staging, production or archived), `NAME@ALIAS`, `NAME/VERSION` or `NAME`',
    accepts: isModelRef,
    pattern: '^(?!\\.\\.)[^/:]*[^/:\\s][^/:]*(/[1-9]\\d{0,8})?$',
  },
  size: {
    takes: 'a size such as `512Mi` or `2Gi`',
    accepts: (text: string) => parseSize(text) !== null,
    pattern: '^\\d{1,15}(\\.\\d{1,3})?([KMGT]i?)?$',
  },
  percentage: {
    takes: 'a share such as `5%`, from `0%` to `100%`',
    accepts: (text: string) => parsePercentage(text) !== null,
    pattern: '^\\d{1,3}(\\.\\d{1,6})?%$',
  },
  limit: {
    takes: 'a limit such as `> 100` or `> 1%`',
    accepts: (text: string) => parseLimit(text) !== null,
    pattern: '^\\s*(<=|>=|<|>)\\s*-?\\d+(\\.\\d+)?%?\\s*$',
  },
  goal: {
    takes: '`maximize METRIC` or `minimize METRIC`',
    accepts: (text: string) => parseGoal(text) !== null,
    pattern: '^\\s*(maximize|minimize)\\s+\\S',
  },
  'time-zone': {
    takes: 'a time zone such as `Europe/Madrid` or `UTC`',
    accepts: isTimeZone,
    pattern: '^[A-Za-z][A-Za-z0-9_+/-]*$',
  },
  cron: {
    takes: 'a cron expression such as `0 3 * * *`',
    accepts: (text: string) => !('problem' in readCron(text)),
    pattern: '^\\s*(@[A-Za-z]+|\\S+(\\s+\\S+){4})\\s*$',
  },
  path: {
    takes: 'a path inside the workspace: relative, with `/` between folders and without `..` that leads out of it',
    accepts: isInnerPath,
    pattern: '^(?![/\\\\]|[A-Za-z]:|\\.\\.([/\\\\]|$))[\\s\\S]*\\S',
  },
} as const satisfies Record<string, Format>;

export type FormatName = keyof typeof FORMATS;

function isInnerPath(text: string): boolean {
  if (text.trim() === '' || /^([/\\]|[A-Za-z]:)/.test(text) || text.includes('\0')) return false;
  let depth = 0;
  for (const part of text.split(/[/\\]/)) {
    if (part === '..') depth--;
    else if (part !== '' && part !== '.') depth++;
    if (depth < 0) return false;
  }
  return true;
}
