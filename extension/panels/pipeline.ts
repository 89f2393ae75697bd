import type { FromPipelinePanel, PipelineSubject, ToPipelinePanel } from '../../schemas/panels/pipeline.ts';
import { placeIn } from '../../schemas/pipelines/file-problem.ts';
import type { PipelineRun } from '../../schemas/wire/pipelines.ts';
import type { RoomMessage, Subscription } from '../daemon/link.ts';
import { t } from '../texts.ts';
import { PipelineModel } from '../views/pipeline-model.ts';
import { connectionMessages, problemOf, tellConnection } from './connection.ts';
import type { Conversation, PanelKind, Surface, Ways } from './conversation.ts';
import type { ConversationPorts } from './ports.ts';

export const pipelinePanel: PanelKind<PipelineSubject, ToPipelinePanel, FromPipelinePanel> = {
  viewType: 'crisol.pipelineGraph',
  bundle: 'pipeline',
  key: () => 'pipeline',
  title: () => t('Pipeline'),
  // a window has one folder, and a folder one pipeline
  subjectFrom: () => ({ of: 'workspace' }),
  converse: (_, surface, ports, ways) => new PipelineConversation(surface, ports, ways),
};

/** News are collected this long: a thousand short steps make twenty messages a second, not thousands. */
const COLLECT_MS = 50;

class PipelineConversation implements Conversation<FromPipelinePanel> {
  private readonly model = new PipelineModel();
  private readonly surface: Surface<ToPipelinePanel>;
  private readonly ports: ConversationPorts;
  private readonly ways: Ways;
  private readonly subscriptions: Subscription[];
  private isKnown = false;
  private news = new Map<string, PipelineRun>();
  private cancelFlush: (() => void) | undefined;

  constructor(surface: Surface<ToPipelinePanel>, ports: ConversationPorts, ways: Ways) {
    this.surface = surface;
    this.ports = ports;
    this.ways = ways;
    this.subscriptions = [
      ports.link.subscribe('pipelines', (message) => this.hear(message)),
      tellConnection(ports.link, (message) => surface.post(message)),
    ];
  }

  tellAll(): void {
    for (const message of connectionMessages(this.ports.link.state)) this.surface.post(message);
    this.tell();
  }

  receive(message: FromPipelinePanel): void {
    const { openers, api } = this.ports;
    switch (message.type) {
      case 'pipeline/start':
        openers.startSteps(message.step, message.onward);
        break;
      case 'pipeline/cancel':
        void this.cancel(() => api.cancelPipeline(message.run_id));
        break;
      case 'pipeline/cancel-step':
        void this.cancel(() => api.cancelStep(message.run_id, message.step));
        break;
      case 'pipeline/why':
        openers.showWhy(message.step);
        break;
      case 'pipeline/open-run':
        this.ways.showRun(message.run_id);
        break;
      case 'pipeline/open-file':
        openers.openFile(placeIn(this.model.problem ?? ''));
        break;
      case 'pipeline/open-step':
        openers.openStep(message.step);
        break;
      case 'pipeline/open-log':
        openers.openStepLog(message.run_id, message.step);
        break;
      case 'pipeline/open-path':
        openers.openPath(message.path);
        break;
    }
  }

  dispose(): void {
    this.cancelFlush?.();
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private hear(message: RoomMessage): void {
    this.model.apply(message);
    if (message.type === 'pipelines/run') this.collect(message.run);
    else if (message.type === 'pipelines/snapshot' || message.type === 'pipelines/plan-changed') void this.read();
  }

  private collect(run: PipelineRun): void {
    if (!this.surface.standing || !this.isKnown) return;
    this.news.set(run.run_id, run);
    this.cancelFlush ??= this.ports.clock.after(COLLECT_MS, () => this.flush());
  }

  private flush(): void {
    this.cancelFlush = undefined;
    this.surface.post({ type: 'pipeline/runs', runs: [...this.news.values()] });
    this.news = new Map();
  }

  private async read(): Promise<void> {
    try {
      this.model.setPlan(await this.ports.api.pipelines());
      this.isKnown = true;
      this.surface.post({ type: 'problem', problem: null });
      this.tell();
    } catch (thrown) {
      this.complain(thrown);
    }
  }

  private tell(): void {
    if (!this.isKnown) return;
    const { name, problem, planned, runs } = this.model;
    this.news = new Map();
    this.surface.post({ type: 'pipeline/all', plan: { name, problem, steps: planned }, runs: [...runs] });
  }

  private async cancel(ask: () => Promise<unknown>): Promise<void> {
    try {
      await ask();
    } catch (thrown) {
      this.complain(thrown);
    }
  }

  private complain(thrown: unknown): void {
    this.surface.post({ type: 'problem', problem: problemOf(thrown) });
  }
}
