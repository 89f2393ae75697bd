import type { LinkState, RoomMessage } from '../../../extension/daemon/link.ts';
import { RequestError } from '../../../extension/daemon/link.ts';
import type { Surface, Ways } from '../../../extension/panels/conversation.ts';
import type { ConversationPorts } from '../../../extension/panels/ports.ts';
import type { ArtifactEntry } from '../../../schemas/panels/run-details.ts';
import type { RunState } from '../../../schemas/panels/runs.ts';
import type { Topic } from '../../../schemas/wire/events.ts';
import type { LogFinding, PipelineOverview } from '../../../schemas/wire/pipelines.ts';
import type { RunSource } from '../../../schemas/wire/run-source.ts';
import type { RunTablePage } from '../../../schemas/wire/run-table.ts';
import type { EndpointDetail } from '../../../schemas/wire/serving.ts';
import type { Experiment } from '../../../schemas/wire/tracking.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

/** Everything around one conversation: a link that the test speaks through, and a notebook of what was said. */
export class Desk<To extends { type: string }> implements Surface<To>, Ways {
  standing = true;
  readonly posted: To[] = [];
  /** what was opened, copied, saved or started, in words */
  readonly done: string[] = [];
  readonly clock = new VirtualClock();
  readonly ports: ConversationPorts;
  detail: EndpointDetail | null = null;
  origin: RunSource | null = null;
  overview: PipelineOverview | null = null;
  /** runs that the daemon knows */
  readonly runs = new Map<string, RunState>();
  /** what lies in each folder of the run */
  readonly artifacts = new Map<string, ArtifactEntry[]>();
  experiments: Experiment[] = [];
  /** pages of the runs table, one after the other; what was asked for is noted in `done` */
  readonly pages: RunTablePage[] = [];
  /** what searches in outputs come to, one after the other; what was asked for is noted in `done` */
  readonly findings: LogFinding[] = [];
  state: LinkState = { kind: 'reconnecting' };
  /** topics that were subscribed to, each time */
  readonly asked: Topic[] = [];
  private readonly topics = new Map<Topic, Set<(message: RoomMessage) => void>>();
  private readonly stateListeners = new Set<(state: LinkState) => void>();

  constructor() {
    const desk = this;
    this.ports = {
      clock: this.clock,
      link: {
        get state() {
          return desk.state;
        },
        onState: (listener) => listenIn(this.stateListeners, listener),
        subscribe: (topic, listener) => {
          this.asked.push(topic);
          const group = this.topics.get(topic) ?? new Set();
          this.topics.set(topic, group);
          return listenIn(group, listener);
        },
      },
      api: this.api(),
      artifacts: {
        list: async (_, folder) => {
          this.done.push(`list ${folder}`);
          return this.artifacts.get(folder) ?? this.refuse();
        },
        stat: async () => this.refuse(),
        read: async () => this.refuse(),
        table: async () => this.refuse(),
        modelsOf: async (run) => [{ model_id: 'm-1', name: `of run ${run}` }],
      },
      openers: {
        copy: (text, what) => void this.done.push(`copy ${what}: ${text}`),
        save: (name, text) =>
          void this.done.push(`save ${name}: ${typeof text === 'string' ? text : `${text.length} bytes`}`),
        diffRuns: (aspect, base, other) =>
          void this.done.push(`diff ${aspect} of ${base.name} (${base.commit}) and ${other.name}`),
        openArtifact: (_, path, rendered) => void this.done.push(`open ${path}${rendered ? ' rendered' : ''}`),
        saveArtifact: (_, path) => void this.done.push(`save artifact ${path}`),
        showSource: (what, { name }) => void this.done.push(`show ${what} of ${name}`),
        openStepLog: (_, step) => void this.done.push(`open log of ${step}`),
        openPipelineFile: (find) => void this.done.push(`open at ${find('monitors:\n  outcome-drift: {}\n')}`),
        openStep: (step) => void this.done.push(`open step ${step}`),
        openFile: (place) => void this.done.push(`open file${place ? ` ${place.path} at ${place.line}` : ''}`),
        openPlace: (file, line) => void this.done.push(`open ${file} at ${line}`),
        openPath: (path) => void this.done.push(`open path ${path}`),
        startSteps: (step, onward) => void this.done.push(`start ${step}${onward ? ' and onward' : ''}`),
        showWhy: (step) => void this.done.push(`why ${step}`),
        startDaemon: () => void this.done.push('start daemon'),
        promote: (model) => void this.done.push(`promote ${model}`),
      },
    };
  }

  private api(): ConversationPorts['api'] {
    return {
      pipelines: async () => this.overview ?? this.refuse(),
      pipelineRun: async () => this.refuse(),
      cancelPipeline: async (id) => {
        this.done.push(`cancel ${id}`);
        return this.overview?.runs.find(({ run_id }) => run_id === id) ?? this.refuse();
      },
      cancelStep: async (id, step) => {
        this.done.push(`cancel ${step} of ${id}`);
        return this.refuse();
      },
      stepLog: async (_, step, { offset = 0 }) => ({
        attempt: 1,
        offset,
        text: `${step} from ${offset}`,
        next_offset: offset + 4,
        bytes: 1000,
        ended: false,
      }),
      searchLog: async (_, step, search) => {
        this.done.push(`search ${step} for ${JSON.stringify(search)}`);
        return this.findings.shift() ?? this.refuse();
      },
      endpoint: async () => this.detail ?? this.refuse(),
      startEndpoint: async (name) => this.acted(`start ${name}`),
      stopEndpoint: async (name) => this.acted(`stop ${name}`),
      experiments: async () => ({ experiments: this.experiments }),
      runTable: async (id, query) => {
        this.done.push(`table of ${id}: ${JSON.stringify(query)}`);
        return this.pages.shift() ?? this.refuse();
      },
      runCurves: async ({ run_ids, points, keys, details }) => {
        this.done.push(`curves of ${run_ids.length} runs: ${JSON.stringify({ points, keys, details })}`);
        return {
          runs: run_ids.map((run_id) => {
            const { run = null, series = [] } = this.runs.get(run_id) ?? {};
            return { run_id, run, series: run ? series : [] };
          }),
        };
      },
      runMetrics: async (id, query) => {
        this.done.push(`metrics of ${id.charAt(0)}: ${JSON.stringify(query)}`);
        return { series: this.runs.get(id)?.series ?? this.refuse() };
      },
      runSource: async () => this.origin ?? this.refuse(),
      restoreRuns: async ({ run_ids }) => void this.done.push(`restore ${run_ids.join(' ')}`),
      runInputs: async () => ({ datasets: [], model_ids: [] }),
    };
  }

  post(message: To): void {
    if (this.standing) this.posted.push(message);
  }

  title(text: string): void {
    this.done.push(`title ${text}`);
  }

  showRun(runId: string): void {
    this.done.push(`run ${runId}`);
  }

  compareRuns(runIds: string[]): void {
    this.done.push(`compare ${runIds.join(' ')}`);
  }

  showEndpoint(name: string): void {
    this.done.push(`endpoint ${name}`);
  }

  /** The daemon publishes this. */
  publish(topic: Topic, message: RoomMessage): void {
    for (const listener of this.topics.get(topic) ?? []) listener(message);
  }

  connection(state: LinkState): void {
    this.state = state;
    for (const listener of this.stateListeners) listener(state);
  }

  get listeners(): number {
    return [...this.topics.values(), this.stateListeners].reduce((sum, group) => sum + group.size, 0);
  }

  types(): string[] {
    return this.posted.map(({ type }) => type);
  }

  private refuse(): never {
    throw new RequestError('RESOURCE_DOES_NOT_EXIST', 'There is no such thing.', 'Look again.');
  }

  private acted(what: string): EndpointDetail {
    this.done.push(what);
    return this.detail ?? this.refuse();
  }
}

function listenIn<T>(group: Set<T>, listener: T): { dispose(): void } {
  group.add(listener);
  return { dispose: () => void group.delete(listener) };
}

/** Lets promises that are settled already run on. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
