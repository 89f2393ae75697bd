import type { FromTablePanel, TableSubject, ToTablePanel } from '../../schemas/panels/table.ts';
import type { Experiment } from '../../schemas/wire/tracking.ts';
import type { RoomMessage, Subscription } from '../daemon/link.ts';
import { t } from '../texts.ts';
import { connectionMessages, problemOf, tellConnection } from './connection.ts';
import type { Conversation, PanelKind, Surface, Ways } from './conversation.ts';
import type { ConversationPorts } from './ports.ts';
import { ChangedRuns } from './table-changes.ts';

export const tablePanel: PanelKind<TableSubject, ToTablePanel, FromTablePanel> = {
  viewType: 'crisol.table',
  bundle: 'table',
  key: ({ experiment_id }) => experiment_id,
  title: () => t('Runs'),
  subjectFrom: (kept) => (isTableSubject(kept) ? { experiment_id: kept.experiment_id } : null),
  converse: ({ experiment_id }, surface, ports, ways) => new TableConversation(experiment_id, surface, ports, ways),
};

/** The first page is small: a table is seen at once, and grows while it is looked at. */
const FIRST_PAGE = 500;
const NEXT_PAGES = 5000;
/** as many as are seen of a curve that is half a hundred pixels wide */
const POINTS_OF_A_CURVE = 40;

/** Keeps no runs: tens of thousands are in the webview, and read again when it stands again. */
class TableConversation implements Conversation<FromTablePanel> {
  private readonly subscriptions: Subscription[];
  private readonly changed: ChangedRuns;
  private readonly id: string;
  private readonly surface: Surface<ToTablePanel>;
  private readonly ports: ConversationPorts;
  private readonly ways: Ways;
  /** counts readings, so that an older one ends when a newer one begins */
  private reading = 0;
  /** events may have been missed: all is read again when a snapshot says so */
  private outdated = false;
  private brokeOff = false;
  private wanted: string | undefined;

  constructor(id: string, surface: Surface<ToTablePanel>, ports: ConversationPorts, ways: Ways) {
    this.id = id;
    this.surface = surface;
    this.ports = ports;
    this.ways = ways;
    this.changed = new ChangedRuns(id, surface, ports);
    this.subscriptions = [
      ports.link.subscribe('tracking', (message) => this.hear(message)),
      tellConnection(ports.link, (message) => this.tellConnection(message)),
    ];
  }

  tellAll(): void {
    for (const message of connectionMessages(this.ports.link.state)) this.surface.post(message);
    this.tellWanted();
    void this.readAll();
  }

  turnTo(filter: string): void {
    this.wanted = filter;
    if (this.surface.standing) this.tellWanted();
  }

  receive(message: FromTablePanel): void {
    if (message.type === 'copy') this.ports.openers.copy(message.text, message.what);
    if (message.type === 'table/open') this.ways.showRun(message.run_id);
    if (message.type === 'table/compare') this.ways.compareRuns(message.run_ids);
    if (message.type === 'table/save') this.ports.openers.save(message.name, message.text);
    if (message.type === 'table/curves') void this.tellCurves(message.run_ids, message.keys);
  }

  dispose(): void {
    this.reading += 1;
    this.changed.dispose();
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private tellWanted(): void {
    if (this.wanted !== undefined) this.surface.post({ type: 'table/filter', filter: this.wanted });
    this.wanted = undefined;
  }

  private async tellCurves(run_ids: string[], keys: string[]): Promise<void> {
    try {
      const { runs } = await this.ports.api.runCurves({ run_ids, keys, points: POINTS_OF_A_CURVE });
      this.surface.post({ type: 'table/curves', runs });
    } catch {
      // numbers stand there without them; they are asked for again when the daemon is back
    }
  }

  private tellConnection(message: ToTablePanel): void {
    this.surface.post(message);
    if (message.type !== 'connection') return;
    if (message.connection !== 'connected') this.outdated = true;
    else if (this.brokeOff) void this.readAll();
  }

  private hear(message: RoomMessage): void {
    this.changed.hear(message);
    if (message.type === 'tracking/experiment' && message.experiment.experiment_id === this.id) {
      this.tellExperiment(message.experiment);
    }
    if (message.type === 'tracking/experiment-removed' && message.experiment_id === this.id) this.tellExperiment(null);
    // it comes instead of events that nobody remembers any more
    if (message.type === 'tracking/snapshot' && this.outdated) void this.readAll();
  }

  private tellExperiment(experiment: Experiment | null): void {
    if (experiment) this.surface.title(t('Runs of {0}', experiment.name));
    this.surface.post({ type: 'table/experiment', experiment });
  }

  private async readAll(): Promise<void> {
    if (!this.surface.standing) return;
    this.reading += 1;
    const { reading } = this;
    this.outdated = false;
    this.brokeOff = false;
    this.changed.hold();
    try {
      await this.readPages(() => reading === this.reading && this.surface.standing);
      if (reading === this.reading) this.surface.post({ type: 'problem', problem: null });
    } catch (thrown) {
      if (reading !== this.reading) return;
      this.brokeOff = true;
      // that the daemon is away is told already
      if (this.ports.link.state.kind === 'connected')
        this.surface.post({ type: 'problem', problem: problemOf(thrown) });
    } finally {
      if (reading === this.reading) this.changed.release();
    }
  }

  private async readPages(isWanted: () => boolean): Promise<void> {
    const { experiments } = await this.ports.api.experiments();
    if (!isWanted()) return;
    const experiment = experiments.find(({ experiment_id }) => experiment_id === this.id) ?? null;
    this.tellExperiment(experiment);
    if (!experiment) return;
    this.surface.post({ type: 'table/begin' });
    let page_token: string | undefined;
    let limit = FIRST_PAGE;
    do {
      const page = await this.ports.api.runTable(this.id, { limit, page_token });
      if (!isWanted()) return;
      this.changed.know(page.run_ids);
      this.surface.post({ type: 'table/page', page });
      page_token = page.next_page_token;
      limit = NEXT_PAGES;
    } while (page_token !== undefined);
    this.surface.post({ type: 'table/end' });
  }
}

function isTableSubject(kept: unknown): kept is TableSubject {
  return (
    typeof kept === 'object' &&
    kept !== null &&
    'experiment_id' in kept &&
    typeof kept.experiment_id === 'string' &&
    kept.experiment_id !== ''
  );
}
