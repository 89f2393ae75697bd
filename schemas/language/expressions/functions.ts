import type { JsonValue } from '../json.ts';
import { folded, isEqual, joinedText, TOO_LONG, toText } from './values.ts';

export interface FunctionParameter {
  name: string;
  description: string;
  optional?: boolean;
  /** any number of further ones */
  repeated?: boolean;
}

export interface ExpressionFunction {
  description: string;
  parameters: readonly FunctionParameter[];
  gives: 'boolean' | 'string' | 'any';
  /** it takes a text apart or writes it otherwise, so that a mark in it would be lost */
  opens?: boolean;
  /** its answer is known only when the pipeline runs */
  later?: boolean;
  /** throws an Error whose message is for people */
  apply?: (args: readonly JsonValue[]) => JsonValue;
}

const text = (name: string, description: string): FunctionParameter => ({ name, description });

/** The functions of expressions: those of GitHub Actions, with its rules. */
export const FUNCTIONS: Readonly<Record<string, ExpressionFunction>> = {
  contains: {
    description: 'Whether a text holds another, or a list holds a value. Upper and lower case are the same.',
    parameters: [text('search', 'A text or a list.'), text('item', 'What is looked for in it.')],
    gives: 'boolean',
    apply: ([search = null, item = null]) =>
      Array.isArray(search)
        ? search.some((value) => isEqual(value, item))
        : folded(toText(search)).includes(folded(toText(item))),
  },
  startsWith: {
    description: 'Whether a text begins with another. Upper and lower case are the same.',
    parameters: [text('text', 'The text.'), text('start', 'What it may begin with.')],
    gives: 'boolean',
    apply: ([whole = null, start = null]) => folded(toText(whole)).startsWith(folded(toText(start))),
  },
  endsWith: {
    description: 'Whether a text ends with another. Upper and lower case are the same.',
    parameters: [text('text', 'The text.'), text('end', 'What it may end with.')],
    gives: 'boolean',
    apply: ([whole = null, end = null]) => folded(toText(whole)).endsWith(folded(toText(end))),
  },
  format: {
    description:
      "Puts values into a text: `format('{0} of {1}', 2, 5)` is `2 of 5`. A brace itself is written `{{` or `}}`.",
    parameters: [
      text('pattern', 'A text with `{0}`, `{1}` and so on.'),
      { name: 'values', description: 'What is put there.', optional: true, repeated: true },
    ],
    gives: 'string',
    apply: ([pattern = null, ...values]) => formatted(toText(pattern), values),
  },
  join: {
    description: "The values of a list as one text: `join(params.columns, ', ')`.",
    parameters: [
      text('list', 'A list.'),
      { name: 'separator', description: 'What stands between two of them, by default a comma.', optional: true },
    ],
    gives: 'string',
    apply: ([list = null, separator = ',']) =>
      sensible(joinedText((Array.isArray(list) ? list : [list]).map(toText), toText(separator))),
  },
  toJSON: {
    description: 'A value as JSON.',
    parameters: [text('value', 'Any value.')],
    gives: 'string',
    opens: true,
    apply: ([value = null]) => JSON.stringify(value, null, 2),
  },
  fromJSON: {
    description: "The value that a JSON text holds: `fromJSON('[3, 5]')` is a list.",
    parameters: [text('text', 'A text of JSON.')],
    gives: 'any',
    opens: true,
    apply: ([json = null]) => parsed(toText(json)),
  },
  hashFiles: {
    description: 'A hash over the content of files: it changes when one of them does.',
    parameters: [{ name: 'paths', description: 'Files, folders or patterns such as `src/**/*.py`.', repeated: true }],
    gives: 'string',
    opens: true,
    later: true,
  },
  success: status('Whether all steps that it needs succeeded. Part of each `if` that asks for none of these four.'),
  failure: status('Whether a step that it needs failed, or never ran because one before that failed.'),
  cancelled: status('Whether the run was cancelled.'),
  always: status('True whatever happened: for steps that clean up.'),
};

export type NamedFunction = ExpressionFunction & { name: string };

/** `tojson` is `toJSON`: names of functions are the same in upper and lower case. */
export function functionNamed(name: string): NamedFunction | undefined {
  const known = Object.keys(FUNCTIONS).find((one) => one.toLowerCase() === name.toLowerCase());
  const found = known === undefined ? undefined : FUNCTIONS[known];
  return known !== undefined && found ? { ...found, name: known } : undefined;
}

/** What is wrong with so many values; null where nothing is. */
export function arityProblem(known: NamedFunction, count: number): string | null {
  const least = known.parameters.filter(({ optional }) => !optional).length;
  const most = known.parameters.some(({ repeated }) => repeated) ? Infinity : known.parameters.length;
  if (count >= least && count <= most) return null;
  return `\`${signatureOf(known.name, known)}\` takes ${amount(known)}, not ${count}.`;
}

function amount({ parameters }: ExpressionFunction): string {
  const least = parameters.filter(({ optional }) => !optional).length;
  if (parameters.length === 0) return 'no values';
  if (parameters.some(({ repeated }) => repeated)) return `${least} ${valuesOf(least)} or more`;
  return least === parameters.length ? `${least} ${valuesOf(least)}` : `${least} to ${parameters.length} values`;
}

const valuesOf = (count: number) => (count === 1 ? 'value' : 'values');

/** `contains(search, item)` */
export function signatureOf(name: string, { parameters }: ExpressionFunction): string {
  return `${name}(${parameters.map(parameterLabel).join(', ')})`;
}

export function parameterLabel({ name, optional, repeated }: FunctionParameter): string {
  if (repeated) return `…${name}`;
  return optional ? `${name}?` : name;
}

function status(description: string): ExpressionFunction {
  return { description, parameters: [], gives: 'boolean', later: true };
}

/** Throws for what is too long. */
function sensible(text: string | null): string {
  if (text === null) throw new Error(TOO_LONG);
  return text;
}

function formatted(pattern: string, values: readonly JsonValue[]): string {
  const pieces = pattern.split(/(\{\{|\}\}|\{\d+\}|[{}])/);
  return sensible(joinedText(pieces.map((piece, at) => (at % 2 === 0 ? piece : inBraces(piece, values)))));
}

function inBraces(piece: string, values: readonly JsonValue[]): string {
  if (piece === '{{' || piece === '}}') return piece.charAt(0);
  if (piece.length === 1)
    throw new Error(`In \`format\`, a single \`${piece}\` is written twice: \`${piece}${piece}\`.`);
  const value = values[Number(piece.slice(1, -1))];
  if (value === undefined) throw new Error(`\`format\` has no value for \`${piece}\`: it was given ${values.length}.`);
  return toText(value);
}

function parsed(json: string): JsonValue {
  try {
    return JSON.parse(json);
  } catch {
    throw new Error(`\`fromJSON\` was given a text that is no JSON: \`${json.slice(0, 60)}\`.`);
  }
}
