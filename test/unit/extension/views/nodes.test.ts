import { expect, test } from 'vitest';
import { endpointNodes } from '../../../../extension/views/endpoint-nodes.ts';
import { EndpointsModel } from '../../../../extension/views/endpoints-model.ts';
import { monitorNodes } from '../../../../extension/views/monitor-nodes.ts';
import { MonitorsModel } from '../../../../extension/views/monitors-model.ts';
import type { TreeNode } from '../../../../extension/views/node.ts';
import { lastKnown } from '../../../../extension/views/node.ts';
import { RegistryModel } from '../../../../extension/views/registry-model.ts';
import { registryNodes } from '../../../../extension/views/registry-nodes.ts';
import type { TrackingModel } from '../../../../extension/views/tracking-model.ts';
import { trackingNodes } from '../../../../extension/views/tracking-nodes.ts';
import { drawn, endpoint, experiment, latest, model, monitor, NOW, run, trackingModel, version } from './some.ts';

function tracking(): TrackingModel {
  const store = trackingModel();
  store.apply({
    type: 'tracking/snapshot',
    topic: 'tracking',
    experiments: [experiment({ run_count: 3 }), experiment({ experiment_id: '0', name: 'Default', run_count: 0 })],
    runs: [
      run({ metrics: [latest('accuracy', 0.7), latest('f1_macro', 0.61234)] }),
      run({ run_id: 'r2', name: 'shy-lynx', state: 'failed', started_at: NOW - 200_000, ended_at: NOW - 196_800 }),
      run({
        run_id: 'r3',
        name: 'calm-heron',
        state: 'running',
        started_at: NOW,
        ended_at: null,
        metrics: [latest('loss', 12.345)],
      }),
    ],
  });
  return store;
}

test('experiments show their runs, newest first, each with the number that matters', () => {
  expect(drawn(trackingNodes(tracking(), NOW))).toEqual([
    '(beaker) match-outcome 3 runs',
    '  (sync~spin) calm-heron loss 12.3',
    '  (pass) brave-otter f1 0.612 · 0:41',
    '  (error) shy-lynx failed · 3.2 s',
  ]);
});

test('a trial that was ended early says at which step, and not that somebody cancelled it', () => {
  const store = trackingModel();
  const ended = { started_at: NOW - 3_200, ended_at: NOW, state: 'cancelled' as const };
  store.apply({
    type: 'tracking/snapshot',
    topic: 'tracking',
    experiments: [experiment({ run_count: 2 })],
    runs: [run({ ...ended, name: 'tune 6', pruned_step: 4 }), run({ ...ended, run_id: 'r2', name: 'tune 7' })],
  });
  const nodes = trackingNodes(store, NOW);
  expect(drawn(nodes).slice(1)).toEqual([
    '  (discard) tune 6 pruned at step 4 · 3.2 s',
    '  (circle-slash) tune 7 cancelled · 3.2 s',
  ]);
  expect(nodes[0]?.children?.[0]?.spoken).toBe('Run tune 6, pruned at step 4, 3.2 s');
});

test('models show their versions by stage: one is a row, several are a group', () => {
  const store = new RegistryModel();
  const versions = [
    version(4, 'staging'),
    version(3, 'production', { stage_since: NOW - 3_600_000 }),
    version(2, 'archived'),
    version(1, 'archived'),
  ];
  store.apply({ type: 'registry/snapshot', topic: 'registry', models: [model(versions)] });
  expect(drawn(registryNodes(store, NOW))).toEqual([
    '(package) match-outcome 4 versions',
    '  (rocket) production v3 · 1 hour ago',
    '  (beaker) staging v4 · 2 days ago',
    '  (archive) archived v2 v1',
    '    (tag) v2 f1 0.604',
    '    (tag) v1 f1 0.604',
  ]);
});

test('of a model with many versions only the newest are known: rows say how many there are', () => {
  const store = new RegistryModel();
  const newest = [version(1204, 'production'), version(1203, 'archived'), version(1202, 'archived')];
  const in_stages = { development: 0, staging: 0, production: 1, archived: 1203 };
  store.apply({ type: 'registry/snapshot', topic: 'registry', models: [{ ...model(newest), in_stages }] });
  const nodes = registryNodes(store, NOW);
  expect(drawn(nodes)).toEqual([
    '(package) match-outcome 1,204 versions',
    '  (rocket) production v1204 · 2 days ago',
    '  (archive) archived v1203 v1202 …',
    '    (tag) v1203 f1 0.604',
    '    (tag) v1202 f1 0.604',
    '    … 1,201 more',
  ]);
  expect(nodes[0]?.children?.at(-1)?.children?.at(-1)).toMatchObject({
    spoken: 'Show 1,201 more versions',
    open: { command: 'crisol.models.loadMore', arguments: [{ model: 'match-outcome', stage: 'archived' }] },
  });
});

test('endpoints show what they serve and how it goes', () => {
  const store = new EndpointsModel();
  store.apply({
    type: 'serving/snapshot',
    topic: 'serving',
    endpoints: [
      endpoint(),
      endpoint({ name: 'a', state: 'stopped', version: null }),
      endpoint({ name: 'aa', model_ref: 'aa@production', state: 'stopped', version: null }),
      endpoint({ name: 'b', state: 'failed', problem: 'the model is damaged' }),
      endpoint({ name: 'c', requests: 0 }),
    ],
  });
  expect(drawn(endpointNodes(store, NOW))).toEqual([
    '(circle-outline) a stopped · match-outcome@production',
    '(circle-outline) aa stopped · production',
    '(error) b the model is damaged',
    '(radio-tower) c v3 · no requests',
    '(radio-tower) match-outcome v3 · 41 requests',
  ]);
});

test('a row says one error as one, and what is counted from when', () => {
  const store = new EndpointsModel();
  const endpoints = [endpoint({ errors: 1 }), endpoint({ name: 'new', requests: 0 })];
  store.apply({ type: 'serving/snapshot', topic: 'serving', endpoints });
  const nodes = endpointNodes(store, NOW);
  expect(drawn(nodes)[0]).toBe('(radio-tower) match-outcome v3 · 1 error');
  expect(nodes[1]?.tooltip).toContain('none since it started');
});

test('endpoints end with their daemon, and no row looks as if it went on', () => {
  const store = new EndpointsModel();
  store.apply({ type: 'serving/snapshot', topic: 'serving', endpoints: [endpoint()] });
  const [row] = lastKnown(endpointNodes(store, NOW, true));
  expect(row).toMatchObject({ description: 'stopped · production', context: 'endpoint.stopped' });
  expect(row?.spoken).toBe('Endpoint match-outcome, stopped · production, last known state');
  const icons = lastKnown(trackingNodes(tracking(), NOW))
    .flatMap(flat)
    .flatMap(({ icon }) => icon ?? []);
  expect(new Set(icons.map(({ color }) => color))).toEqual(new Set(['disabledForeground']));
  expect(icons.map(({ id }) => id)).toContain('sync');
});

test('monitors show the columns that drifted, and count them', () => {
  const store = new MonitorsModel();
  const quiet = monitor({ name: 'quiet', state: 'ok', drifted: [] });
  store.apply({ type: 'monitoring/snapshot', topic: 'monitoring', monitors: [quiet, monitor()] });
  expect(drawn(monitorNodes(store, NOW))).toEqual([
    '(warning) outcome-drift 2 of 11 columns',
    '  (graph-line) home_form KS 0.180 > 0.1',
    '  (graph-line) league PSI 0.310 ≥ 0.2',
    '(pass) quiet no drift',
  ]);
  expect(store.driftedColumns()).toBe(2);
  const [column] = monitorNodes(store, NOW)[0]?.children ?? [];
  expect(column?.tooltip).toContain('| p | \\< 0.0001 |');
  expect(column?.tooltip).toContain('| Requests | 1,000 |');
  expect(column?.tooltip).toContain('(command:crisol.monitors.show?%5B%22outcome-drift%22%5D)');
});

test('what an icon or a colour shows is also said', () => {
  const store = new MonitorsModel();
  store.apply({ type: 'monitoring/snapshot', topic: 'monitoring', monitors: [monitor()] });
  const all = [...trackingNodes(tracking(), NOW), ...monitorNodes(store, NOW)].flatMap(flat);
  for (const node of all) expect(node.spoken, node.id).toMatch(/\w/);
  expect(all.find(({ id }) => id === 'run:r2')?.spoken).toBe('Run shy-lynx, failed, 3.2 s');
});

function flat(node: TreeNode): TreeNode[] {
  return [node, ...(node.children ?? []).flatMap(flat)];
}

test('an endpoint that serves another version than it should has a warning, and says so', () => {
  const endpoints = new EndpointsModel();
  const problem = 'match-outcome@production names no version of a model now. Version 1 is still served.';
  endpoints.apply({ type: 'serving/endpoint', topic: 'serving', endpoint: endpoint({ problem }) });
  const [row] = endpointNodes(endpoints, NOW);
  expect(row?.icon?.id).toBe('warning');
  expect(row?.spoken).toContain(problem);
});
