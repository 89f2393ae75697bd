import type { JsonValue } from './json.ts';
import { closest } from './suggest.ts';
import type { InputModel } from './trigger-model.ts';

export type CheckedInputs = { params: Record<string, string> } | { problem: string };

/**
 * What a request gives, as overrides of params. A text may stand for any kind of value, since a command line knows no
 * other; a value of JSON is taken as what it is.
 */
export function checkInputs(
  inputs: readonly InputModel[] | null,
  given: Readonly<Record<string, unknown>>,
): CheckedInputs {
  if (inputs === null)
    return { params: mapValues(given, (value) => (typeof value === 'string' ? value : asYaml(value))) };
  const unknown = Object.keys(given).find((name) => !inputs.some((input) => input.name === name));
  if (unknown !== undefined) return { problem: notAnInput(unknown, inputs) };
  const params: [string, string][] = [];
  for (const input of inputs) {
    const answer = checkInput(input, given);
    if (answer === null) continue;
    if ('problem' in answer) return answer;
    params.push([input.name, answer.text]);
  }
  return { params: Object.fromEntries(params) };
}

type Answer = { text: string } | { problem: string };

function checkInput(input: InputModel, given: Readonly<Record<string, unknown>>): Answer | null {
  const { name, required, byDefault } = input;
  if (Object.hasOwn(given, name)) return textFor(input, given[name]);
  if (byDefault) return { text: asYaml(byDefault.value) };
  return required ? { problem: `\`${name}\` is needed: give it as --param ${name}=…` } : null;
}

function textFor(input: InputModel, value: unknown): Answer {
  switch (input.type) {
    case 'string':
      return isScalar(value) ? { text: asYaml(String(value)) } : wrong(input, value, 'a text');
    case 'number':
      return isNumber(value) ? { text: asYaml(Number(value)) } : wrong(input, value, 'a number');
    case 'boolean':
      return /^(true|false)$/.test(String(value)) ? { text: String(value) } : wrong(input, value, '`true` or `false`');
    case 'choice':
      return chosen(input, value);
    default:
      return { text: typeof value === 'string' ? value : asYaml(value) };
  }
}

function chosen(input: InputModel, value: unknown): Answer {
  const option = input.options.find((one) => String(one) === String(value));
  if (option !== undefined) return { text: asYaml(option) };
  return wrong(input, value, `one of ${input.options.map((one) => `\`${one}\``).join(', ')}`);
}

function wrong({ name }: InputModel, value: unknown, wanted: string): Answer {
  const written = typeof value === 'string' ? value : asYaml(value);
  return { problem: `\`${name}\` takes ${wanted}, not \`${written}\`.` };
}

function notAnInput(name: string, inputs: readonly InputModel[]): string {
  const names = inputs.map((input) => input.name);
  const meant = closest(name, names);
  const advice = meant ? `did you mean \`${meant}\`?` : `it takes ${names.join(', ') || 'none'}.`;
  return `The trigger has no input \`${name}\`: ${advice}`;
}

const isScalar = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);

const isNumber = (value: unknown): boolean =>
  typeof value === 'number' || (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)));

/** JSON is YAML, too. */
const asYaml = (value: unknown): string => JSON.stringify(value as JsonValue) ?? 'null';

const mapValues = <Value>(values: Readonly<Record<string, Value>>, change: (value: Value) => string) =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value)]));
