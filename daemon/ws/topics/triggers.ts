import type { Disposable } from '../../base/disposables.ts';
import { Disposables } from '../../base/disposables.ts';
import type { Triggers } from '../../triggers/index.ts';
import type { Hub } from '../hub.ts';

export function triggerTopics({ hub, triggers }: { hub: Hub; triggers: Triggers }): Disposable {
  const listening = new Disposables();
  hub.provide('triggers', () => ({ type: 'triggers/snapshot', topic: 'triggers', ...triggers.list() }));
  listening.add(triggers.changes.on((trigger) => hub.publish('triggers', { type: 'triggers/trigger', trigger })));
  listening.add(triggers.fired.on((firing) => hub.publish('triggers', { type: 'triggers/firing', firing })));
  listening.add(triggers.listChanged.on(() => hub.publish('triggers', { type: 'triggers/list', ...triggers.list() })));
  return listening;
}
