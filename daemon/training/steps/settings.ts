import { Value } from 'typebox/value';
import type { BuiltInSettings, BuiltInStep } from '../../../schemas/language/grammar/built-in-steps.ts';
import { BUILT_IN_STEPS } from '../../../schemas/language/grammar/built-in-steps.ts';
import { CrisolError } from '../../base/errors.ts';

type Problem = ReturnType<typeof Value.Errors>[number];

/** Checks what crisol.yaml says under `with`; values from expressions may be texts that hold numbers. */
export function readSettings<Step extends BuiltInStep>(step: Step, text: string): BuiltInSettings<Step> {
  const schema = BUILT_IN_STEPS[step];
  const given = Value.Convert(schema, parse(text));
  const unknown = Object.keys(Object(given)).find((key) => !Object.hasOwn(schema.properties, key));
  if (unknown !== undefined) {
    const known = Object.keys(schema.properties).join(', ');
    throw unfit(`\`${step}\` does not know "${unknown}"; it knows: ${known}`);
  }
  const problems = Value.Errors(schema, given);
  if (problems.length === 0) return given as BuiltInSettings<Step>;
  throw unfit(`\`with\` of \`${step}\`: ${inWords(problems, given)}`);
}

function unfit(what: string, cause?: unknown): CrisolError {
  return new CrisolError('INVALID_PARAMETER_VALUE', what, { cause, hint: 'Mend `with` of this step in crisol.yaml.' });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw unfit('`with` is not JSON', cause);
  }
}

/** TypeBox names one constant at a time; a person wants to see the choice. */
function inWords(problems: readonly Problem[], given: unknown): string {
  const [{ instancePath, message }] = problems as [Problem];
  const place = instancePath.slice(1).replaceAll('/', '.');
  const choice = problems.flatMap((problem) =>
    problem.instancePath === instancePath && 'allowedValue' in problem.params ? [problem.params.allowedValue] : [],
  );
  if (choice.length > 0) return `"${place}" is "${Object(given)[place]}"; it can be: ${choice.join(', ')}`;
  return place === '' ? message : `"${place}" ${message}`;
}
