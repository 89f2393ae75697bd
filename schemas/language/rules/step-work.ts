import type { FileView } from '../check/view.ts';
import { stepEntries } from '../check/view.ts';
import type { Finding } from '../diagnostic.ts';
import type { Entry } from '../syntax/tree.ts';
import { findEntry } from '../syntax/tree.ts';
import { eachUnlessClean } from './clean.ts';
import type { Rule } from './rule.ts';

export const stepWork: Rule = {
  code: 'CRISOL117',
  severity: 'error',
  title: 'A step needs either `uses` or `run`',
  check: (view) => checkSteps(stepEntries(view), view),
};

const checkSteps = eachUnlessClean(checkOne);

function checkOne(step: Entry, { lines, misspelt }: FileView): Finding[] {
  const { value } = step;
  if (step.damaged || value.kind === 'unknown' || value.kind === 'list') return [];
  if (value.kind === 'scalar' && value.value !== null) return [];
  const [uses, run, settings] = ['uses', 'run', 'with'].map((key) => findEntry(value, key));
  if (uses && run) {
    const message = `\`${step.key}\` has both \`uses\` and \`run\`: keep one of them, or make two steps.`;
    return [
      {
        range: lines.range(run.keySpan),
        message,
        related: [{ range: lines.range(uses.keySpan), message: 'The other.' }],
      },
    ];
  }
  if (run && settings) {
    const message = '`with` goes with `uses`: give a command its values through `env`, or write them into `run`.';
    return [{ range: lines.range(settings.keySpan), message }];
  }
  if (uses || run || (value.kind === 'map' && value.partial)) return [];
  const meant = misspelt.get(value);
  if (meant?.has('uses') || meant?.has('run')) return [];
  const message = `\`${step.key}\` does nothing yet: add \`uses\` with a built-in step, or \`run\` with a command.`;
  return [{ range: lines.range(step.keySpan), message }];
}
