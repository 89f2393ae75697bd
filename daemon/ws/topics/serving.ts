import type { Disposable } from '../../base/disposables.ts';
import type { Serving } from '../../serving/index.ts';
import type { Hub } from '../hub.ts';

export function servingTopics({ hub, serving }: { hub: Hub; serving: Serving }): Disposable {
  hub.provide('serving', () => ({ type: 'serving/snapshot', topic: 'serving', endpoints: serving.list() }));
  return serving.onEvent((endpoint) => hub.publish('serving', { type: 'serving/endpoint', endpoint }));
}
