import * as vscode from 'vscode';
import type { DaemonLink } from '../daemon/link.ts';
import { t } from '../texts.ts';
import { endpointNodes } from './endpoint-nodes.ts';
import { monitorNodes } from './monitor-nodes.ts';
import { pipelineNodes } from './pipeline-nodes.ts';
import { registryNodes } from './registry-nodes.ts';
import type { Stores } from './stores.ts';
import { trackingNodes } from './tracking-nodes.ts';
import { CrisolTree } from './tree-view.ts';
import { triggerNodes } from './trigger-nodes.ts';

export interface Trees extends vscode.Disposable {
  /** The row of a run in Experiments gets the focus. */
  goToRun(runId: string): Promise<void>;
  goToExperiment(experimentId: string): Promise<void>;
  goToVersion(model: string, version: number): Promise<void>;
}

/** The five trees of the activity bar. */
export function createTrees(stores: Stores, link: DaemonLink): Trees {
  const { tracking, registry, pipelines, serving, monitoring, triggers } = stores;
  const trees = {
    experiments: new CrisolTree(
      {
        id: 'crisol.experiments',
        rooms: ['tracking'],
        draw: (now) => trackingNodes(tracking, now),
        open: ({ list }) => stores.runs.open(list),
        many: true,
      },
      stores,
      link,
    ),
    models: new CrisolTree(
      { id: 'crisol.models', rooms: ['registry'], draw: (now) => registryNodes(registry, now) },
      stores,
      link,
    ),
    pipeline: new CrisolTree(
      {
        id: 'crisol.pipeline',
        rooms: ['pipelines', 'triggers'],
        draw: (now) => [...pipelineNodes(pipelines, now), ...triggerNodes(triggers.triggers, now)],
      },
      stores,
      link,
    ),
    endpoints: new CrisolTree(
      {
        id: 'crisol.endpoints',
        rooms: ['serving'],
        draw: (now, stopped) => endpointNodes(serving, now, stopped),
        flat: true,
      },
      stores,
      link,
    ),
    monitors: new CrisolTree(
      { id: 'crisol.monitors', rooms: ['monitoring'], draw: (now) => monitorNodes(monitoring, now) },
      stores,
      link,
    ),
  };
  const all = Object.values(trees);
  const disposables = vscode.Disposable.from(...all, showBadge(trees.monitors, stores), letTimesAge(all));
  return {
    goToRun: (runId) => trees.experiments.goTo(`run:${runId}`),
    goToVersion: (model, version) => trees.models.goTo(`version:${model}:${version}`),
    goToExperiment: (experimentId) => trees.experiments.goTo(`experiment:${experimentId}`),
    dispose: () => disposables.dispose(),
  };
}

const AGES_EVERY_MS = 60_000;

/** Only while somebody looks: a window in the background has no timer. */
function letTimesAge(trees: CrisolTree[]): vscode.Disposable {
  let timer: NodeJS.Timeout | undefined;
  const age = () => {
    for (const tree of trees) tree.age();
  };
  const follow = ({ focused }: vscode.WindowState) => {
    clearInterval(timer);
    if (!focused) return;
    age();
    timer = setInterval(age, AGES_EVERY_MS);
  };
  follow(vscode.window.state);
  return vscode.Disposable.from(vscode.window.onDidChangeWindowState(follow), {
    dispose: () => clearInterval(timer),
  });
}

/** The number of drifted columns, on the view and on the activity bar. */
function showBadge({ view }: CrisolTree, stores: Stores): vscode.Disposable {
  return stores.onChange((room) => {
    if (room !== 'monitoring') return;
    const value = stores.monitoring.driftedColumns();
    const tooltip = value === 1 ? t('1 column drifted') : t('{0} columns drifted', value);
    if (view.badge?.value !== value) view.badge = value === 0 ? undefined : { value, tooltip };
  });
}
