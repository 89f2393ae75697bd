import type { Command, CommanderError } from 'commander';
import { InvalidArgumentError } from 'commander';
import { parseDuration } from '../../schemas/language/values/duration.ts';
import { CrisolError } from '../base/errors.ts';

/** Commands report to `main`, which prints and chooses the exit code: none of them writes or exits by itself. */
export function reportToMain(command: Command, path = command.name()): void {
  command.configureOutput({ outputError: () => {} });
  command.exitOverride((error) => {
    throw usageError(error, path) ?? error;
  });
  for (const inner of command.commands) reportToMain(inner, `${path} ${inner.name()}`);
}

/** What was wrong, said as every other error is; undefined when help or the version was printed. */
function usageError({ code, message, exitCode }: CommanderError, path: string): CrisolError | undefined {
  if (exitCode === 0 || code === 'commander.help') return undefined;
  const [wrong = '', suggestion] = message.replace(/^error: /, '').split('\n');
  const sentence = `${wrong.charAt(0).toUpperCase()}${wrong.slice(1).replace(/\.$/, '')}.`;
  const hint = suggestion?.replace(/^\((.*)\)$/, '$1') ?? `\`${path} --help\` tells what it takes.`;
  return new CrisolError('CLI_USAGE', sentence, { hint });
}

/** `--param name=value`, again and again. */
export function addParam(text: string, known: Record<string, string> = {}): Record<string, string> {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('Write --param name=value.');
  return { ...known, [text.slice(0, at)]: text.slice(at + 1) };
}

export function positiveInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new InvalidArgumentError('It is no whole number from 1 on.');
  return value;
}

export function positiveNumber(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new InvalidArgumentError('It is no number above 0.');
  return value;
}

export function notNegative(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0)
    throw new InvalidArgumentError('It is no number from 0 on.');
  return value;
}

/** `30d`, `12h`, or several as in `1d12h`; in milliseconds. */
export function duration(text: string): number {
  const parts = text.match(/\d+(?:\.\d+)?[a-z]+/g) ?? [];
  const lengths = parts.map(parseDuration);
  if (parts.length === 0 || parts.join('') !== text || lengths.includes(null)) {
    throw new InvalidArgumentError('It is no duration such as 30d, 12h or 1d12h.');
  }
  return lengths.reduce<number>((sum, length) => sum + (length ?? 0), 0);
}

/** `3` or, as it is shown everywhere, `v3`. */
export function versionNumber(text: string): number {
  return positiveInteger(text.replace(/^v/, ''));
}
