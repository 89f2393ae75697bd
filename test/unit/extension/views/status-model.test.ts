import { expect, test } from 'vitest';
import type { LinkState } from '../../../../extension/daemon/link.ts';
import { RequestError } from '../../../../extension/daemon/link.ts';
import { EndpointsModel } from '../../../../extension/views/endpoints-model.ts';
import { MonitorsModel } from '../../../../extension/views/monitors-model.ts';
import { PipelineModel } from '../../../../extension/views/pipeline-model.ts';
import { RegistryModel } from '../../../../extension/views/registry-model.ts';
import { effectsOfStop, statusText } from '../../../../extension/views/status-model.ts';
import { endpoint, monitor, pipelineRun, step, trackingModel } from './some.ts';

const known = () => ({
  tracking: trackingModel(),
  registry: new RegistryModel(),
  pipelines: new PipelineModel(),
  serving: new EndpointsModel(),
  monitoring: new MonitorsModel(),
});

const status = {
  version: '0.0.9',
  epoch: 'e',
  pid: 1,
  url: '',
  workspace: '',
  started_at: 0,
  busy: [],
  store: { state: 'ok' as const },
};
const connected = (outdated = false): LinkState => ({
  kind: 'connected',
  address: { url: '', token: '', status },
  outdated,
});

test('says how the connection is', () => {
  const problem = new RequestError('STORE_CORRUPT', 'store.db is damaged.', 'Restore a copy.');
  const text = (state: LinkState) => statusText(state, known())?.text;
  expect(text({ kind: 'no-file' })).toBeUndefined();
  expect(text({ kind: 'reconnecting' })).toBe('$(debug-disconnect) reconnecting');
  expect(text({ kind: 'failed', problem })).toBe('$(error) Crisol');
  expect(text(connected())).toBe('$(beaker) Crisol');
  expect(statusText({ kind: 'failed', problem }, known())?.tooltip).toContain('STORE\\_CORRUPT: store.db is damaged.');
  expect(statusText({ kind: 'untrusted' }, known())?.spoken).toContain('not trusted');
});

test('shows work before drift, and drift before rest', () => {
  const all = known();
  all.monitoring.apply({ type: 'monitoring/monitor', topic: 'monitoring', monitor: monitor() });
  expect(statusText(connected(), all)).toMatchObject({ text: '$(warning) drift 2', alarm: 'warning' });
  const steps = [
    step('split', 'succeeded'),
    step('train', 'running'),
    step('evaluate', 'pending'),
    step('register', 'pending'),
  ];
  all.pipelines.apply({ type: 'pipelines/run', topic: 'pipelines', run: pipelineRun(steps) });
  expect(statusText(connected(), all)?.text).toBe('$(sync~spin) train 2/4');
});

test('the tooltip links to what runs, what is served and what drifts', () => {
  const all = known();
  all.monitoring.apply({ type: 'monitoring/monitor', topic: 'monitoring', monitor: monitor() });
  all.serving.apply({ type: 'serving/endpoint', topic: 'serving', endpoint: endpoint() });
  const tooltip = statusText(connected(true), all)?.tooltip ?? '';
  expect(tooltip).toContain('(command:crisol.endpoints.try?%5B%22match-outcome%22%5D)');
  expect(tooltip).toContain('(command:crisol.monitors.show?%5B%22outcome-drift%22%5D)');
});

test('says what a stop of the daemon does to each piece of work', () => {
  const all = known();
  expect(effectsOfStop(all)).toEqual([]);
  all.serving.apply({ type: 'serving/endpoint', topic: 'serving', endpoint: endpoint() });
  all.pipelines.apply({
    type: 'pipelines/run',
    topic: 'pipelines',
    run: pipelineRun([step('train', 'running'), step('evaluate', 'pending')]),
  });
  all.monitoring.apply({ type: 'monitoring/monitor', topic: 'monitoring', monitor: monitor() });
  expect(effectsOfStop(all)).toEqual([
    'Step train of brave-otter goes on by itself. The daemon takes it up again when it starts.',
    'The other steps of brave-otter wait until then.',
    'Endpoint match-outcome stops answering until the daemon starts again.',
    'Monitors see no requests until then.',
  ]);
});

test('an older daemon that still has work: says what is waited for, and offers not to wait', () => {
  const all = known();
  expect(statusText(connected(true), all)?.tooltip).toContain('from the daemon of version 0.0.9 in a moment');
  all.serving.apply({ type: 'serving/endpoint', topic: 'serving', endpoint: endpoint() });
  const status = statusText(connected(true), all);
  expect(status).toMatchObject({ text: '$(history) Crisol: update waits' });
  expect(status?.spoken).toContain('until this has ended: endpoint match-outcome.');
  expect(status?.tooltip).toContain('(command:crisol.daemon.restart)');
  all.pipelines.apply({ type: 'pipelines/run', topic: 'pipelines', run: pipelineRun([step('train', 'running')]) });
  expect(statusText(connected(true), all)?.tooltip).toContain(', endpoint match');
});
