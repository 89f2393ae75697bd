import type { JsonObject, JsonValue } from '../../language/json.ts';
import type { LockEntry } from './entry.ts';
import { toJson } from './entry.ts';

export const LOCK_VERSION = 1;

export const LOCK_HEAD = `# What each step was last run with. Written by \`crisol run\`; commit it with the code.
version: ${LOCK_VERSION}
steps:
`;

/** A step as it stands in the file: one thing a line, so that git shows and merges what changed. */
export function printEntry(step: string, entry: LockEntry): string {
  const lines = Object.entries(toJson(entry)).flatMap(([name, value]) => {
    if (!isMap(value)) return [`    ${name}: ${flow(value)}`];
    return [`    ${name}:`, ...Object.entries(value).map(([key, one]) => `      ${printName(key)}: ${flow(one)}`)];
  });
  return [`  ${printName(step)}:`, ...lines].join('\n');
}

const isMap = (value: JsonValue): value is JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

const PLAIN = /^[A-Za-z_][\w./-]*$/;
const OTHER_MEANING = /^(?:true|false|null|yes|no|on|off|y|n)$/i;

/** Quoted wherever YAML might read something else. */
export const printName = (name: string): string =>
  PLAIN.test(name) && !OTHER_MEANING.test(name) ? name : JSON.stringify(name);

/** On one line. JSON is YAML, but for names and numbers that it has no word for. */
function flow(value: JsonValue): string {
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'string') return /^Python [\w. ]+$/.test(value) ? value : textOf(value);
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (value === null || typeof value === 'boolean') return String(value);
  return `{${Object.entries(value)
    .map(([name, one]) => `${printName(name)}: ${flow(one)}`)
    .join(', ')}}`;
}

/** Digests stand for themselves, unless they look like numbers. */
const textOf = (text: string): string =>
  /^[0-9a-f]{12,64}$/.test(text) && !/^\d+(?:e\d+)?$/.test(text) ? text : JSON.stringify(text);

function numberText(value: number): string {
  if (Number.isNaN(value)) return '.nan';
  return Number.isFinite(value) ? JSON.stringify(value) : value > 0 ? '.inf' : '-.inf';
}
