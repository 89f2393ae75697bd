import type { Condition } from '../check/conditions.ts';
import { conditionsOf } from '../check/conditions.ts';
import type { Finding } from '../diagnostic.ts';
import { truthOf } from '../expressions/constants.ts';
import { asksHowItWent } from '../plan/condition.ts';
import type { Rule } from './rule.ts';

/** Mostly meant so, for a while: shown faded, as code that is never reached. */
export const neverRuns: Rule = {
  code: 'CRISOL145',
  severity: 'information',
  title: 'A step that never runs',
  check(view) {
    const conditions = conditionsOf(view);
    const off = conditions.filter(isOff);
    if (off.length === 0) return [];
    const goesOnAnyway = new Set(conditions.filter(asks).map(({ step }) => step.key));
    const never = new Set(off.map(({ step }) => step.key));
    const found: Finding[] = off.map(({ step }) => ({
      range: view.lines.range(step.keySpan),
      message: `\`${step.key}\` never runs: its \`if\` never holds.`,
      unnecessary: true,
    }));
    // each round may show that further ones wait in vain
    for (let known = 0; known < never.size; ) {
      known = never.size;
      for (const { name, needs, damaged } of view.model.steps) {
        const need = needs.find(({ value }) => never.has(value));
        if (!need || damaged || never.has(name) || goesOnAnyway.has(name)) continue;
        never.add(name);
        found.push({
          range: need.range,
          message: `\`${name}\` never runs: \`${need.value}\` never does.`,
          unnecessary: true,
        });
      }
    }
    return found;
  },
};

const isOff = ({ whole }: Condition): boolean =>
  typeof whole === 'boolean' ? !whole : whole !== null && truthOf(whole) === false;

const asks = ({ whole }: Condition): boolean => whole !== null && typeof whole !== 'boolean' && asksHowItWent(whole);
