import type { Disposable } from '../../base/disposables.ts';
import type { Registry } from '../../registry/index.ts';
import type { Hub } from '../hub.ts';

/** Topic `registry`: each changed model whole. */
export function registryTopics({ hub, registry }: { hub: Hub; registry: Registry }): Disposable {
  hub.provide('registry', () => ({ type: 'registry/snapshot', topic: 'registry', models: registry.models() }));
  return registry.changes.on((model) => hub.publish('registry', { type: 'registry/model', model }));
}
