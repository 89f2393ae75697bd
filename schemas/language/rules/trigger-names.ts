import type { Finding } from '../diagnostic.ts';
import type { TriggerModel } from '../trigger-model.ts';
import type { Rule } from './rule.ts';

/** Whoever asks for it by that name gets the first of them. */
export const triggerNames: Rule = {
  code: 'CRISOL153',
  severity: 'warning',
  title: 'Two triggers of one name',
  check({ model }) {
    const first = new Map<string, TriggerModel>();
    return model.triggers.flatMap((trigger): Finding[] => {
      if (!trigger.isNamed || trigger.damaged) return [];
      const other = first.get(trigger.name);
      if (!other) {
        first.set(trigger.name, trigger);
        return [];
      }
      const message = `\`${trigger.name}\` is the name of another trigger, too: give this one a name of its own.`;
      return [{ range: trigger.nameRange, message, related: [{ range: other.nameRange, message: 'The other.' }] }];
    });
  },
};
