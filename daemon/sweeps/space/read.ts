import type { JsonObject, JsonValue } from '../../../schemas/language/json.ts';
import { CrisolError } from '../../base/errors.ts';
import type { Dimension, Point, Space } from './dimension.ts';
import { lastOnStep } from './dimension.ts';

/** The `space` of a sweep. What the checks of the file would have told is refused in the same words. */
export function readSpace(written: JsonObject): Space {
  const space = new Map(Object.entries(written).map(([name, range]) => [name, readRange(name, range)]));
  if (space.size === 0) throw refused('The sweep has no params: list them under `space`.');
  return space;
}

/** What a step is run with. */
export function paramsOf(space: Space, point: Point): JsonObject {
  return Object.fromEntries(
    [...space].map(([name, dimension]) => {
      const value = point.get(name) as number;
      return [name, dimension.type === 'categorical' ? (dimension.choices[value] as JsonValue) : value];
    }),
  );
}

/** Two values of each param; of one that is fixed twice the same. */
export function samplesOf(space: Space): Record<string, readonly [JsonValue, JsonValue]> {
  const entries = [...space].map(([name, dimension]) => {
    if (dimension.type !== 'categorical') return [name, [dimension.low, dimension.high]] as const;
    return [name, [dimension.choices[0] as JsonValue, dimension.choices.at(-1) as JsonValue]] as const;
  });
  return Object.fromEntries(entries);
}

function readRange(name: string, range: JsonValue): Dimension {
  const written = (range !== null && typeof range === 'object' && !Array.isArray(range) ? range : {}) as JsonObject;
  const kinds = ['int', 'float', 'log', 'choice'].filter((kind) => kind in written);
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1)
    throw refused(`\`${name}\` needs one range: \`int\`, \`float\`, \`log\` or \`choice\`.`);
  if (kind === 'choice') return readChoice(name, written.choice);
  const [low, high] = readPair(name, kind, written[kind]);
  const step = readStep(name, kind, written);
  const log = kind === 'log' || written.scale === 'log';
  if (log && low <= 0) throw refused(`\`${name}\` needs numbers over 0: there is no logarithm of ${low}.`);
  return {
    type: kind === 'int' ? 'int' : 'float',
    low,
    high: step === null ? high : lastOnStep(low, high, step),
    log,
    step,
  };
}

/** A value that is listed twice is one. */
function readChoice(name: string, choices: JsonValue | undefined): Dimension {
  if (!Array.isArray(choices) || choices.length === 0)
    throw refused(`\`${name}\` has nothing to choose from: list some values.`);
  return { type: 'categorical', choices: [...new Map(choices.map((choice) => [keyOf(choice), choice])).values()] };
}

function readPair(name: string, kind: string, pair: JsonValue | undefined): [number, number] {
  const [low, high] = Array.isArray(pair) && pair.length === 2 ? pair : [];
  if (typeof low !== 'number' || typeof high !== 'number' || !Number.isFinite(low) || !Number.isFinite(high))
    throw refused(`\`${name}\` needs two numbers, the least and the greatest.`);
  if (!Number.isFinite(high - low)) throw refused(`\`${name}\`: the numbers are too far apart.`);
  if (low > high) throw refused(`\`${name}\`: the first number is over the second.`);
  if (kind === 'int' && !(Number.isSafeInteger(low) && Number.isSafeInteger(high)))
    throw refused(`\`${name}\` needs whole numbers, or \`float\`.`);
  return [low, high];
}

function readStep(name: string, kind: string, { step, scale }: JsonObject): number | null {
  if (step === undefined || step === null) return kind === 'int' ? 1 : null;
  if (typeof step !== 'number' || !(step > 0) || !Number.isFinite(step))
    throw refused(`\`${name}\` needs a step over 0.`);
  if (kind === 'int' && !Number.isSafeInteger(step)) throw refused(`\`${name}\` needs a whole number as step.`);
  if (kind === 'log' || scale === 'log') throw refused(`\`${name}\` has no even steps: leave \`step\` out.`);
  return step;
}

/** The same for maps with the same entries in another order. */
function keyOf(value: JsonValue): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(keyOf).join()}]`;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${keyOf(one)}`).join()}}`;
}

export const refused = (message: string): CrisolError => new CrisolError('SWEEP_INVALID', message);
