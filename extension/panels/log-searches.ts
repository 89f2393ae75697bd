import type { LogSearchState, ToRunsPanel, WantedWords } from '../../schemas/panels/runs.ts';
import type { LogFinding, LogSearch } from '../../schemas/wire/pipelines.ts';
import { problemOf } from './connection.ts';
import type { Surface } from './conversation.ts';
import type { ConversationPorts } from './ports.ts';

type Ports = Pick<ConversationPorts, 'api'>;
type Range = Pick<LogSearch, 'from' | 'to'>;

/** Words that a panel looks for in all that a step printed: one search at a time, which ends as soon as nobody waits for it. */
export class LogSearches {
  private readonly runId: string;
  private readonly surface: Surface<ToRunsPanel>;
  private readonly ports: Ports;
  private wanted: WantedWords | undefined;

  constructor(runId: string, surface: Surface<ToRunsPanel>, ports: Ports) {
    this.runId = runId;
    this.surface = surface;
    this.ports = ports;
  }

  end(): void {
    this.wanted = undefined;
  }

  async begin(step: string, wanted: WantedWords): Promise<void> {
    this.wanted = wanted;
    const tell = (state: LogSearchState['state'], share = 1) => {
      if (this.isWanted(wanted))
        this.surface.post({ type: 'runs/log-search', step, search: { id: wanted.id, state, share } });
    };
    try {
      const found = await this.look(step, wanted, (share) => tell('searching', share));
      if (found && this.isWanted(wanted)) await this.show(step, wanted, found);
      tell(found ? 'found' : 'not-found');
    } catch (thrown) {
      if (this.isWanted(wanted)) this.surface.post({ type: 'problem', problem: problemOf(thrown) });
      tell('given-up');
    }
  }

  private isWanted(wanted: WantedWords): boolean {
    return this.wanted === wanted && this.surface.standing;
  }

  /** On to the end of it, and round: what the panel holds was looked through before. */
  private async look(
    step: string,
    wanted: WantedWords,
    tell: (share: number) => void,
  ): Promise<LogFinding | undefined> {
    const { words, direction } = wanted;
    const isForward = direction === 'forward';
    const ranges: Range[] = [{ from: wanted.to }, { to: wanted.from }];
    if (!isForward) ranges.reverse();
    let { attempt } = wanted;
    for (let range = ranges.shift(); range && this.isWanted(wanted); ) {
      const answer = await this.ports.api.searchLog(this.runId, step, { words, direction, attempt, ...range });
      // of another attempt all is looked through at once
      if (answer.attempt !== attempt) {
        ranges.length = 0;
        range = {};
        ({ attempt } = answer);
      }
      if (answer.line !== null) return answer;
      if (answer.next === null) range = ranges.shift();
      else range = { ...range, [isForward ? 'from' : 'to']: answer.next };
      tell(shareOf(range ? [range, ...ranges] : [], wanted, answer.bytes));
    }
    return undefined;
  }

  /** The line, with what stands around it. */
  private async show(step: string, wanted: WantedWords, { attempt, line }: LogFinding): Promise<void> {
    const { api } = this.ports;
    const place = line ?? 0;
    const log = await api.stepLog(this.runId, step, { offset: place, attempt });
    const before = await api.stepLog(this.runId, step, { before: place, attempt });
    if (this.isWanted(wanted)) this.surface.post({ type: 'runs/log-moved', step, to: 'found', log, before });
  }
}

/** How much of it is done, where these are left. */
function shareOf(left: Range[], { from, to }: WantedWords, bytes: number): number {
  const all = Math.max(1, bytes - (to - from));
  const rest = left.reduce((sum, range) => sum + (range.to ?? bytes) - (range.from ?? 0), 0);
  return Math.min(1, Math.max(0, 1 - rest / all));
}
