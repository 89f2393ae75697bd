import { closest } from '../suggest.ts';
import type { ExpressionNode, ExpressionProblem } from './ast.ts';
import { childrenOf } from './ast.ts';
import { evaluate } from './evaluate.ts';
import type { ExpressionFunction } from './functions.ts';
import { FUNCTIONS, functionNamed, signatureOf } from './functions.ts';

export interface CallProblem extends ExpressionProblem {
  /** the function that was probably meant */
  meant?: string;
}

/** Calls of what is no function, or with too few or too many values. */
export function callProblemsOf(node: ExpressionNode): CallProblem[] {
  return [...(node.kind === 'call' ? problemsOf(node) : []), ...childrenOf(node).flatMap(callProblemsOf)];
}

type Call = Extract<ExpressionNode, { kind: 'call' }>;

function problemsOf(node: Call): CallProblem[] {
  const { name, nameSpan, args, span } = node;
  const known = functionNamed(name);
  if (!known) {
    const meant = closest(name, Object.keys(FUNCTIONS)) ?? undefined;
    const advice = meant ? `did you mean \`${meant}\`?` : `there are ${Object.keys(FUNCTIONS).join(', ')}.`;
    return [{ span: nameSpan, message: `There is no function \`${name}\`: ${advice}`, meant }];
  }
  const { parameters } = known;
  const least = parameters.filter(({ optional }) => !optional).length;
  const most = parameters.some(({ repeated }) => repeated) ? Infinity : parameters.length;
  if (args.length >= least && args.length <= most) return wrongValues(node);
  return [{ span, message: `\`${signatureOf(known.name, known)}\` takes ${amount(known)}, not ${args.length}.` }];
}

function amount({ parameters }: ExpressionFunction): string {
  const least = parameters.filter(({ optional }) => !optional).length;
  if (parameters.length === 0) return 'no values';
  if (parameters.some(({ repeated }) => repeated)) return `${least} ${values(least)} or more`;
  return least === parameters.length ? `${least} ${values(least)}` : `${least} to ${parameters.length} values`;
}

const values = (count: number) => (count === 1 ? 'value' : 'values');

/** Values that are written out can be tried at once: `fromJSON('{')`. */
function wrongValues(node: Call): CallProblem[] {
  if (!functionNamed(node.name)?.apply || node.args.some((arg) => arg.kind !== 'literal')) return [];
  const answer = evaluate(node, () => ({ problem: '' }));
  return 'problem' in answer ? [{ span: node.span, message: answer.problem }] : [];
}
