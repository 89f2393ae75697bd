export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error';
export interface LogLine {
  level: LogLevel;
  text: string;
}

const LEVELS: [number, LogLevel][] = [
  [50, 'error'],
  [40, 'warn'],
  [30, 'info'],
  [20, 'debug'],
];

/** One line of the daemon's log, a JSON object, as a person reads it; a line that is something else stays as it is. */
export function readLogLine(line: string): LogLine {
  const fields = parse(line);
  if (!fields) return { level: 'info', text: line };
  const { level, time: _time, msg, err, ...rest } = fields;
  const details = Object.entries(rest).map(([key, value]) => `${key}=${shown(value)}`);
  const stack = isRecord(err) ? `\n${shown(err.stack ?? err.message)}` : '';
  return { level: levelOf(level), text: [msg, ...details].filter(Boolean).join(' ') + stack };
}

function levelOf(level: unknown): LogLevel {
  return LEVELS.find(([number]) => typeof level === 'number' && level >= number)?.[1] ?? 'trace';
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function parse(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
