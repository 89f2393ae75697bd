import type { TSchema } from 'typebox';
import { CrisolError } from '../../base/errors.ts';
import { refuseLong } from '../list-limits.ts';

/**
 * Reads requests by their schemas with MLflow's leniency and in its words: unknown fields are left out, numbers may be
 * text, null stands for absent. Compiled once a route, since it stands before every logged metric.
 */
export type Reader = (value: unknown, path: string) => unknown;

interface Shape {
  type?: string;
  properties?: Record<string, Shape>;
  required?: string[];
  items?: Shape;
  maxItems?: number;
  alias?: string;
}

interface Field {
  name: string;
  alias: string | undefined;
  required: boolean;
  read: Reader;
}

/** In the shape that fastify takes for a validator. */
export function requestValidator(schema: TSchema): (input: unknown) => { value: unknown } | { error: Error } {
  const read = compile(schema as Shape);
  return (input) => {
    try {
      return { value: read(input ?? {}, '') };
    } catch (failure) {
      if (failure instanceof CrisolError) return { error: failure };
      throw failure;
    }
  };
}

function compile(shape: Shape): Reader {
  if (shape.type === 'object') return objectReader(shape);
  if (shape.type === 'array') return arrayReader(compile(shape.items ?? {}), shape.maxItems);
  if (shape.type === 'integer') return readInteger;
  if (shape.type === 'number') return readNumber;
  if (shape.type === 'boolean') return readBoolean;
  if (shape.type === undefined) return (value) => value;
  return readText;
}

function objectReader({ properties = {}, required = [] }: Shape): Reader {
  const fields = Object.entries(properties).map(([name, shape]): Field => {
    return { name, alias: shape.alias, required: required.includes(name), read: compile(shape) };
  });
  return (value, path) => {
    if (!isObject(value)) throw notAnObject(value, path);
    const found: Record<string, unknown> = {};
    for (const field of fields) readField(field, value, path, found);
    return found;
  };
}

function readField(field: Field, from: Record<string, unknown>, path: string, into: Record<string, unknown>): void {
  let value = from[field.name];
  if (isAbsent(value) && field.alias !== undefined) value = from[field.alias];
  // most fields of most requests: no place is needed for what is not there
  if ((value === undefined || value === null) && !field.required) return;
  const place = path === '' ? field.name : `${path}.${field.name}`;
  if (field.required && isAbsent(value)) throw missing(place);
  into[field.name] = field.read(value, place);
}

/** The client's messages have no difference between an empty text and none. */
function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function arrayReader(readItem: Reader, maxItems: number | undefined): Reader {
  return (value, path) => {
    // in a query a list of one looks like its only item
    const items = typeof value === 'string' ? [value] : value;
    if (!Array.isArray(items)) throw invalid(value, path);
    refuseLong(items, maxItems, path);
    return items.map((item, index) => readItem(item, `${path}[${index}]`));
  };
}

function readText(value: unknown, path: string): string {
  if (typeof value !== 'string') throw invalid(value, path);
  return value;
}

function readInteger(value: unknown, path: string): number {
  const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isSafeInteger(number)) throw invalid(value, path);
  return number;
}

function readNumber(value: unknown, path: string): number {
  if (typeof value === 'number') return value;
  if (value === 'NaN') return Number.NaN;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  if (Number.isNaN(number)) throw invalid(value, path);
  return number;
}

function readBoolean(value: unknown, path: string): boolean {
  if (typeof value !== 'boolean') throw invalid(value, path);
  return value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function missing(path: string): CrisolError {
  return new CrisolError(
    'INVALID_PARAMETER_VALUE',
    `Missing value for required parameter '${path}'. See the API docs for more information about request parameters.`,
  );
}

export function invalid(
  value: unknown,
  path: string,
  why = `Hint: Value was of type '${kindOf(value)}'.`,
): CrisolError {
  return new CrisolError(
    'INVALID_PARAMETER_VALUE',
    `Invalid value ${shown(value)} for parameter '${path}' supplied: ${why}`,
  );
}

function notAnObject(value: unknown, path: string): CrisolError {
  return path === '' ? new CrisolError('BAD_REQUEST', 'The request must be a JSON object.') : invalid(value, path);
}

const SHOWN_CHARS = 200;

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length <= SHOWN_CHARS ? text : `${text.slice(0, SHOWN_CHARS)}…`;
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'array' : typeof value;
}
