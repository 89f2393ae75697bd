import type { Finding } from '../diagnostic.ts';
import { checkInputs } from '../trigger-inputs.ts';
import type { InputModel } from '../trigger-model.ts';
import type { Rule } from './rule.ts';

/** Each key is right by itself; together they refuse what they offer. */
export const triggerInputs: Rule = {
  code: 'CRISOL154',
  severity: 'warning',
  title: 'An input that refuses what it offers',
  check: ({ model }) =>
    model.triggers.flatMap((trigger) => {
      const inputs = trigger.kind === 'manual' && !trigger.damaged ? (trigger.inputs ?? []) : [];
      return inputs.flatMap((input) => (input.damaged ? [] : [...withoutChoice(input), ...wrongDefault(input)]));
    }),
};

function withoutChoice({ name, nameRange, type, options }: InputModel): Finding[] {
  if (type === 'choice' && options.length === 0) {
    return [
      { range: nameRange, message: `\`${name}\` is a choice among nothing: list what may be chosen in \`options\`.` },
    ];
  }
  if (type === 'choice' || options.length === 0) return [];
  return [
    { range: nameRange, message: `\`options\` of \`${name}\` count with \`type: choice\` alone: write that, too.` },
  ];
}

function wrongDefault(input: InputModel): Finding[] {
  const { name, byDefault, required, type, options } = input;
  if (!byDefault || byDefault.value === null) return [];
  const { range, value } = byDefault;
  if (required) {
    const message = `\`${name}\` must be given each time, so that its default never counts: take one of them away.`;
    return [{ range, message }];
  }
  if (type === 'choice' && options.length === 0) return [];
  const answer = checkInputs([input], { [name]: value });
  return 'problem' in answer ? [{ range, message: `The default does not fit: ${answer.problem}` }] : [];
}
