import { chmodSync, readdirSync, rmSync } from 'node:fs';
import { systemClock } from '../../../../daemon/base/clock.ts';
import { createFiles } from '../../../../daemon/files/index.ts';
import { StepCache } from '../../../../daemon/pipelines/cache/index.ts';
import { Interpreter } from '../../../../daemon/pipelines/python/interpreter.ts';
import { Store } from '../../../../daemon/store/index.ts';
import { migrations } from '../../../../daemon/store/migrations/index.ts';
import type { JsonObject } from '../../../../schemas/language/json.ts';
import type { PlannedStep } from '../../../../schemas/language/model.ts';
import { TempWorkspace } from '../../../support/temp-workspace.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';

/** A step that reads data and a script, and writes a model. */
export const train: PlannedStep = {
  name: 'train',
  of: 'train',
  matrix: null,
  work: { kind: 'run', command: 'python src/train.py' },
  reads: ['data.csv', 'src'],
  writes: ['build/model', 'metrics.json'],
  metrics: [],
  plots: [],
  needs: [],
  params: ['l2'],
  env: {},
  condition: null,
  retry: { limit: 0, backoffMs: 0, on: [] },
  timeoutMs: null,
  resources: { cpus: 1, memoryBytes: null, gpus: 0 },
  executor: 'local',
  folds: null,
  group: null,
  late: false,
};

/** The cache over a real store and a real folder, in which steps are carried out by the test. */
export function openCache({ workspace = newWorkspace() } = {}) {
  const { clock, store, files, metrics, newCache } = openParts(workspace);
  let runs = 0;
  const aside = () => `.crisol/runs/${runs}/aside`;
  const room = {
    workspace,
    store,
    clock,
    cache: newCache(),
    metrics,
    aside,
    state: async (step: PlannedStep, params: JsonObject = { l2: 1 }) =>
      room.cache.state(step, await room.cache.partsFor(step, params)),
    /** As an engine does: `work` is what the step's process would do. */
    async run(step: PlannedStep, work: () => void = () => room.write(step), params: JsonObject = { l2: 1 }) {
      const runId = `run-${++runs}`;
      const parts = await room.cache.partsFor(step, params);
      await room.cache.makeRoom(step, aside());
      work();
      return room.cache.record(step, parts, params, { runId, seconds: 1 });
    },
    /** its outs, as it would write them from what it reads */
    write(step: PlannedStep, content = 'a model') {
      for (const path of step.writes) workspace.write(path, `${content} of ${path}`);
    },
    async restore(step: PlannedStep, params: JsonObject = { l2: 1 }) {
      runs += 1;
      const parts = await room.cache.partsFor(step, params);
      const { result } = await room.cache.state(step, parts);
      if (!result) throw new Error('there is nothing to restore');
      await room.cache.restore(step, parts, result, aside());
      return result;
    },
    /** As it was in the beginning, but for store and threads, which take their time to start. */
    async begin() {
      for (const name of readdirSync(workspace.folder)) {
        if (name !== '.crisol') rmSync(workspace.path(name), { recursive: true, force: true });
      }
      for (const name of ['runs', 'asked']) rmSync(workspace.path('.crisol', name), { recursive: true, force: true });
      await store.write(() => store.db.exec('DELETE FROM step_results; DELETE FROM current_results'));
      metrics.clear();
      runs = 0;
      fill(workspace);
      room.cache = newCache();
    },
    async close() {
      await files.dispose();
      await store.dispose();
      workspace.dispose();
    },
  };
  return room;
}
function openParts(workspace: TempWorkspace) {
  const clock = new VirtualClock();
  const store = new Store({
    file: workspace.path('.crisol', 'store.db'),
    migrations,
    backups: workspace.path('.crisol', 'backups'),
    clock,
  });
  // it compares the clock with the times of files, which are real
  const files = createFiles({
    workspace: workspace.folder,
    folder: workspace.path('.crisol', 'cache'),
    umask: 0o022,
    clock: systemClock,
  });
  const metrics = new Map<string, Record<string, number>>();
  const options = { workspace: workspace.folder, file: workspace.path('.crisol', 'python.json'), seal: () => '' };
  const python = new Interpreter(options);
  python.choose(workspace.path('python'));
  const newCache = () =>
    new StepCache({
      store,
      clock,
      workspace: workspace.folder,
      umask: 0o022,
      files,
      metricsOf: (runId) => metrics.get(runId) ?? {},
      interpreter: () => python.version(),
    });
  return { clock, store, files, metrics, newCache };
}
export type CacheRoom = ReturnType<typeof openCache>;

function newWorkspace(): TempWorkspace {
  const workspace = new TempWorkspace({ files: { '.crisol/.gitignore': '*\n' } });
  fill(workspace);
  return workspace;
}

function fill(workspace: TempWorkspace): void {
  workspace.write('data.csv', 'a,b\n1,2\n');
  workspace.write('src/train.py', 'train()\n');
  workspace.write('src/model.py', 'model()\n');
  python(workspace, '3.11.4');
}

/** A Python that says its version, which is all that is asked of it. */
export function python(workspace: TempWorkspace, version: string): void {
  rmSync(workspace.path('python'), { force: true });
  workspace.write('python', `#!/bin/sh\necho asked >> '${workspace.path('.crisol')}/asked'\necho Python ${version}\n`);
  chmodSync(workspace.path('python'), 0o755);
}
