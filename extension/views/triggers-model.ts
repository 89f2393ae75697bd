import type { TriggerSummary } from '../../schemas/wire/triggers.ts';
import type { RoomMessage } from '../daemon/link.ts';

/** What `on` in crisol.yaml names, in its order. */
export class TriggersModel {
  private known: readonly TriggerSummary[] = [];

  apply(message: RoomMessage): void {
    if (message.type === 'triggers/snapshot' || message.type === 'triggers/list') this.known = message.triggers;
    else if (message.type === 'triggers/trigger') {
      const { trigger } = message;
      this.known = this.known.map((one) => (one.name === trigger.name ? trigger : one));
    } else if (message.type === 'triggers/firing') {
      const { firing } = message;
      this.known = this.known.map((one) => (isNews(one, firing) ? { ...one, last: firing } : one));
    }
  }

  get triggers(): readonly TriggerSummary[] {
    return this.known;
  }
}

function isNews({ name, last }: TriggerSummary, firing: NonNullable<TriggerSummary['last']>): boolean {
  return name === firing.trigger && (last === null || last.id === firing.id || last.at <= firing.at);
}
