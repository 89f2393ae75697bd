import { remembered } from '../remembered.ts';
import { closest } from '../suggest.ts';
import type { ExpressionNode, ExpressionProblem } from './ast.ts';
import { childrenOf } from './ast.ts';
import { evaluate } from './evaluate.ts';
import type { ExpressionFunction } from './functions.ts';
import { arityProblem, FUNCTIONS, functionNamed } from './functions.ts';

export interface CallProblem extends ExpressionProblem {
  /** the function that was probably meant */
  meant?: string;
}

/** Calls of what is no function, or with too few or too many values. */
export const callProblemsOf = remembered((node: ExpressionNode): readonly CallProblem[] => [
  ...(node.kind === 'call' ? problemsOf(node) : []),
  ...childrenOf(node).flatMap(callProblemsOf),
]);

type Call = Extract<ExpressionNode, { kind: 'call' }>;

function problemsOf(node: Call): CallProblem[] {
  const { name, nameSpan, args, span } = node;
  const known = functionNamed(name);
  if (!known) {
    const meant = closest(name, Object.keys(FUNCTIONS)) ?? undefined;
    const advice = meant ? `did you mean \`${meant}\`?` : `there are ${Object.keys(FUNCTIONS).join(', ')}.`;
    return [{ span: nameSpan, message: `There is no function \`${name}\`: ${advice}`, meant }];
  }
  const wrongNumber = arityProblem(known, args.length);
  return wrongNumber === null ? wrongValues(node, known) : [{ span, message: wrongNumber }];
}

/** What is written out can be tried at once: `fromJSON('{')`, and the places of a `format` whatever is put there. */
function wrongValues(node: Call, { name, apply }: { name: string } & ExpressionFunction): CallProblem[] {
  const isTried = (arg: ExpressionNode, at: number) => arg.kind === 'literal' || (name === 'format' && at > 0);
  if (!apply || !node.args.every(isTried)) return [];
  const args = node.args.map(
    (arg): ExpressionNode => (arg.kind === 'literal' ? arg : { ...arg, kind: 'literal', value: '' }),
  );
  const answer = evaluate({ ...node, args }, () => ({ problem: '' }));
  return 'problem' in answer ? [{ span: node.span, message: answer.problem }] : [];
}
