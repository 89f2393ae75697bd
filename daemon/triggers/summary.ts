import type { TriggerModel } from '../../schemas/language/trigger-model.ts';
import type { CalledTrigger } from '../../schemas/language/trigger-names.ts';
import { cronInWords } from '../../schemas/language/values/cron-in-words.ts';
import type { Firing, TriggerInput, TriggerState, TriggerSummary } from '../../schemas/wire/triggers.ts';

export interface Standing {
  pausedAt: number | null;
  /** the user has not yet run anything in this folder */
  held: boolean;
  /** what keeps it from acting, or from acting well */
  problem: string | null;
  nextAt: number | null;
  last: Firing | null;
}

const HELD = 'it begins by itself once you have run something in this folder: `crisol run` or `crisol up`';

export function summaryOf({ name, trigger }: CalledTrigger, standing: Standing): TriggerSummary {
  const { state, reason } = stateOf(trigger, standing);
  return {
    name,
    kind: trigger.kind,
    when: whenInWords(trigger),
    state,
    reason,
    next_at: state === 'active' || state === 'problem' ? standing.nextAt : null,
    timezone: trigger.kind === 'schedule' ? trigger.timezone : null,
    last: standing.last,
    description: trigger.kind === 'manual' ? trigger.description : '',
    inputs: trigger.kind === 'manual' ? inputsOf(trigger) : null,
  };
}

function stateOf({ kind }: TriggerModel, standing: Standing): { state: TriggerState; reason: string } {
  if (standing.pausedAt !== null) return { state: 'paused', reason: '' };
  if (standing.held && kind !== 'manual') return { state: 'held', reason: HELD };
  return standing.problem === null ? { state: 'active', reason: '' } : { state: 'problem', reason: standing.problem };
}

function whenInWords(trigger: TriggerModel): string {
  switch (trigger.kind) {
    case 'schedule':
      return cronInWords(trigger.cron);
    case 'data':
      return `when ${trigger.dataset} changes`;
    case 'drift':
      return `when ${trigger.monitor} finds drift`;
    default:
      return 'when asked';
  }
}

function inputsOf({ inputs }: Extract<TriggerModel, { kind: 'manual' }>): TriggerInput[] | null {
  if (inputs === null) return null;
  return inputs.map(({ name, type, description, required, byDefault, options }) => ({
    name,
    type,
    description,
    required,
    default: byDefault?.value ?? null,
    options,
  }));
}
