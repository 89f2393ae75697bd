import type { Artifacts } from '../../../daemon/artifacts/index.ts';
import { createArtifacts } from '../../../daemon/artifacts/index.ts';
import type { ModelOverview, Registry } from '../../../daemon/registry/index.ts';
import { createRegistry } from '../../../daemon/registry/index.ts';
import { Store } from '../../../daemon/store/index.ts';
import { migrations } from '../../../daemon/store/migrations/index.ts';
import type { Tracking } from '../../../daemon/tracking/index.ts';
import { createTracking } from '../../../daemon/tracking/index.ts';
import { AWKWARD_NAME, TempWorkspace } from '../../support/temp-workspace.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const SIGNATURE = { inputs: [], target: 'result', classes: ['a', 'b'], outputs: { label: 'l', probabilities: 'p' } };
/** a sample of what a model was trained on */
export const REFERENCE = { rows: 2, columns: { x: [1, null], team: ['a', 'b'] } };

/** A registry over a store and files of its own. */
export class RegistryRoom {
  readonly workspace = new TempWorkspace({ name: AWKWARD_NAME });
  readonly clock = new VirtualClock();
  readonly store: Store;
  readonly tracking: Tracking;
  readonly artifacts: Artifacts;
  readonly changes: ModelOverview[] = [];
  readonly removed: string[] = [];
  /** what the registry waits for before it takes files away that MLflow's client was given */
  beforeArtifactsGo = () => Promise.resolve();
  /** versions that somebody serves: `model/1` */
  readonly served = new Set<string>();
  registry: Registry;

  constructor() {
    const { workspace, clock } = this;
    this.store = new Store({
      file: workspace.path('store.db'),
      migrations,
      backups: workspace.path('backups'),
      clock,
    });
    this.tracking = createTracking({ store: this.store, clock });
    this.artifacts = createArtifacts({ store: this.store, folder: workspace.path('.crisol', 'artifacts'), clock });
    this.registry = this.open();
    this.registry.changes.on((name) => this.changes.push(this.registry.overview(name, 100)));
    this.registry.removed.on((name) => this.removed.push(name));
  }

  /** as the next daemon does */
  open(): Registry {
    const { store, workspace, tracking, artifacts, clock } = this;
    this.registry = createRegistry({
      store,
      folder: workspace.path('.crisol', 'models'),
      workspace: workspace.folder,
      runs: tracking.runs,
      artifacts: {
        put: artifacts.put.bind(artifacts),
        stat: artifacts.stat.bind(artifacts),
        delete: (path) => this.beforeArtifactsGo().then(() => artifacts.delete(path)),
      },
      clock,
      user: 'ana',
      inUse: (model, version) => this.served.has(`${model}/${version}`),
    });
    return this.registry;
  }

  /** As a step of a pipeline does: the files are copied. */
  register(name: string, content = 'onnx bytes', run_id?: string) {
    return this.registry.register(name, { folder: this.modelFolder(content), run_id });
  }

  /** As the trainer writes it. */
  modelFolder(content = 'onnx bytes'): string {
    this.workspace.write('build/model.onnx', content);
    this.workspace.write('build/signature.json', JSON.stringify(SIGNATURE));
    this.workspace.write('build/reference.json', JSON.stringify(REFERENCE));
    return this.workspace.path('build');
  }

  /** As a script does: the files stay where they are. */
  add(name: string, more: object = {}) {
    const source = 's3://bucket/model';
    return this.registry.versions.add(name, { source, location: source, run_id: null, ...more });
  }

  /** As another registry has them: `count` versions, the even ones archived, each tagged with its number. */
  adopt(name: string, count: number) {
    const common = {
      created_by: '',
      description: '',
      run_id: null,
      model_id: null,
      run_link: '',
      source: '',
      location: '',
    };
    const versions = Array.from({ length: count }, (_, at) => {
      const stage = at % 2 === 1 ? ('archived' as const) : ('development' as const);
      return { ...common, version: at + 1, stage, created_at: at, tags: [{ key: 'n', value: String(at + 1) }] };
    });
    const model = { name, description: 'd', created_at: 0, tags: [{ key: 'a', value: 'b' }], versions };
    return this.registry.adoption.model({ ...model, aliases: [{ alias: 'first', version: 1 }] });
  }

  async dispose(): Promise<void> {
    await this.store.dispose();
    this.workspace.dispose();
  }
}

export const code = (expected: string) => ({ code: expected });
