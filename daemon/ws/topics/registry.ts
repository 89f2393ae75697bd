import { setImmediate } from 'node:timers/promises';
import type { Model } from '../../../schemas/wire/registry.ts';
import type { Disposable } from '../../base/disposables.ts';
import { Disposables } from '../../base/disposables.ts';
import type { Registry } from '../../registry/index.ts';
import type { Hub } from '../hub.ts';

/** Of each stage: who wants to see more asks for them. A model may have a hundred thousand. */
const NEWEST = 10;

/** Topic `registry`: each changed model with its newest versions, and names that no model has any more. */
export function registryTopics({ hub, registry }: { hub: Hub; registry: Registry }): Disposable {
  hub.provide('registry', async () => {
    const models: Model[] = [];
    for (const piece of registry.overviews(NEWEST)) {
      models.push(...piece);
      // others are answered in between
      await setImmediate();
    }
    return { type: 'registry/snapshot', topic: 'registry', models };
  });
  const following = new Disposables();
  following.add(
    registry.changes.on((name) => {
      if (!hub.followed.has('registry')) return;
      hub.publish('registry', { type: 'registry/model', model: registry.overview(name, NEWEST) });
    }),
  );
  following.add(registry.removed.on((name) => hub.publish('registry', { type: 'registry/model-removed', name })));
  return following;
}
