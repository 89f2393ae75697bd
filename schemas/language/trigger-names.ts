import type { TriggerModel } from './trigger-model.ts';

/** A trigger with the name that people call it by, and the key by which it is known whatever order they stand in. */
export interface CalledTrigger {
  name: string;
  key: string;
  trigger: TriggerModel;
}

/** Those without a name are called after what they wait for: `schedule-2`, `data-matches`, `drift-outcome-drift`. */
export function callTriggers(triggers: readonly TriggerModel[]): CalledTrigger[] {
  const names = new Set(triggers.flatMap(({ isNamed, name }) => (isNamed ? [name] : [])));
  const keys = new Set<string>();
  let schedules = 0;
  return triggers.map((trigger) => {
    if (trigger.kind === 'schedule' && !trigger.isNamed) schedules++;
    const name = trigger.isNamed ? trigger.name : free(namedAfter(trigger, schedules), names);
    names.add(name);
    const key = free(keyOf(trigger), keys);
    keys.add(key);
    return { name, key, trigger };
  });
}

function namedAfter(trigger: TriggerModel, schedules: number): string {
  if (trigger.kind === 'schedule') return `schedule-${schedules}`;
  return `${trigger.kind}-${subjectOf(trigger)}`;
}

/** What a schedule is known by says when it runs: another time makes another schedule. */
function keyOf(trigger: TriggerModel): string {
  return `${trigger.kind}/${trigger.isNamed ? trigger.name : subjectOf(trigger)}`;
}

function subjectOf(trigger: TriggerModel): string {
  switch (trigger.kind) {
    case 'schedule':
      return `${trigger.cron} ${trigger.timezone}`;
    case 'data':
      return trigger.dataset;
    case 'drift':
      return trigger.monitor;
    default:
      return trigger.name;
  }
}

function free(wanted: string, taken: ReadonlySet<string>): string {
  for (let copy = 2, name = wanted; ; copy++) {
    if (!taken.has(name)) return name;
    name = `${wanted}-${copy}`;
  }
}
