import type { DriftSubject, FromDriftPanel, ToDriftPanel } from '../../schemas/panels/drift.ts';
import type { DriftReport, MonitorSummary } from '../../schemas/wire/monitoring.ts';
import type { RoomMessage, Subscription } from '../daemon/link.ts';
import { t } from '../texts.ts';
import { connectionMessages, tellConnection } from './connection.ts';
import type { Conversation, PanelKind, Surface, Ways } from './conversation.ts';
import { isNamed } from './conversation.ts';
import type { ConversationPorts } from './ports.ts';
import { thresholdOffset } from './threshold.ts';

export const driftPanel: PanelKind<DriftSubject, ToDriftPanel, FromDriftPanel> = {
  viewType: 'crisol.drift',
  bundle: 'drift',
  key: ({ name }) => name,
  title: ({ name }) => t('Drift {0}', name),
  subjectFrom: (kept) => (isNamed(kept) ? { name: kept.name } : null),
  converse: ({ name }, surface, ports, ways) => new DriftConversation(name, surface, ports, ways),
};

class DriftConversation implements Conversation<FromDriftPanel> {
  private readonly subscriptions: Subscription[];
  private readonly name: string;
  private readonly surface: Surface<ToDriftPanel>;
  private readonly ports: ConversationPorts;
  private readonly ways: Ways;
  private monitor: MonitorSummary | null = null;
  private report: DriftReport | null = null;
  /** what was heard of: until both were, there is nothing to say */
  private readonly heard = new Set<'monitor' | 'report'>();

  constructor(name: string, surface: Surface<ToDriftPanel>, ports: ConversationPorts, ways: Ways) {
    this.name = name;
    this.surface = surface;
    this.ports = ports;
    this.ways = ways;
    const hear = (message: RoomMessage) => this.hear(message);
    this.subscriptions = [
      ports.link.subscribe(`monitor:${name}`, hear),
      ports.link.subscribe('monitoring', hear),
      tellConnection(ports.link, (message) => surface.post(message)),
    ];
  }

  tellAll(): void {
    for (const message of connectionMessages(this.ports.link.state)) this.surface.post(message);
    this.tell();
  }

  receive(message: FromDriftPanel): void {
    const { openers } = this.ports;
    if (message.type === 'copy') openers.copy(message.text, message.what);
    if (message.type === 'drift/open-endpoint') this.ways.showEndpoint(message.name);
    if (message.type === 'drift/open-threshold') openers.openPipelineFile((text) => thresholdOffset(text, this.name));
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private hear(message: RoomMessage): void {
    if (message.type === 'monitor/snapshot' || message.type === 'monitor/report') this.takeReport(message.report);
    if (message.type === 'monitoring/snapshot') {
      this.takeMonitor(message.monitors.find(({ name }) => name === this.name) ?? null);
    }
    if (message.type === 'monitoring/monitor' && message.monitor.name === this.name) this.takeMonitor(message.monitor);
  }

  private takeReport(report: DriftReport | null): void {
    this.report = report;
    this.heard.add('report');
    this.tell();
  }

  private takeMonitor(monitor: MonitorSummary | null): void {
    this.monitor = monitor;
    this.heard.add('monitor');
    this.tell();
  }

  private tell(): void {
    if (this.heard.size < 2) return;
    this.surface.post({ type: 'drift/state', monitor: this.monitor, report: this.report });
  }
}
