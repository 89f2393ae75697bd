import type { Disposable } from '../../base/disposables.ts';
import type { Sweeps } from '../../sweeps/index.ts';
import type { Hub } from '../hub.ts';

export function sweepTopics({ hub, sweeps }: { hub: Hub; sweeps: Sweeps }): Disposable {
  hub.provide('sweeps', () => ({ type: 'sweeps/snapshot', topic: 'sweeps', sweeps: sweeps.list() }));
  hub.provide('sweep', (topic) => {
    const id = topic.slice('sweep:'.length);
    const own: `sweep:${string}` = `sweep:${id}`;
    return { type: 'sweep/snapshot', topic: own, ...(sweeps.find(id) ?? { sweep: null, trials: [] }) };
  });
  return sweeps.changes.on(({ sweep, trial }) => {
    const own: `sweep:${string}` = `sweep:${sweep.sweep_id}`;
    hub.publish('sweeps', { type: 'sweeps/sweep', sweep });
    if (trial) hub.publish(own, { type: 'sweep/trial', trial });
    // last: who waits for its end has all trials by then
    hub.publish(own, { type: 'sweeps/sweep', sweep });
  });
}
