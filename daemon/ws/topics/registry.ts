import type { Disposable } from '../../base/disposables.ts';
import { Disposables } from '../../base/disposables.ts';
import type { Registry } from '../../registry/index.ts';
import type { Hub } from '../hub.ts';

/** Topic `registry`: each changed model whole, and names that no model has any more. */
export function registryTopics({ hub, registry }: { hub: Hub; registry: Registry }): Disposable {
  hub.provide('registry', async () => {
    return { type: 'registry/snapshot', topic: 'registry', models: await registry.models() };
  });
  const following = new Disposables();
  following.add(
    registry.changes.on((name) => {
      // a model is read with all its versions: only for whoever wants it
      const model = hub.followed.has('registry') ? registry.find(name) : undefined;
      if (model) hub.publish('registry', { type: 'registry/model', model });
    }),
  );
  following.add(registry.removed.on((name) => hub.publish('registry', { type: 'registry/model-removed', name })));
  return following;
}
