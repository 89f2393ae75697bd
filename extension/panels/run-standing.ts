import type { RunDetail } from '../../schemas/wire/tracking.ts';
import type { RoomMessage, Subscription } from '../daemon/link.ts';
import type { ConversationPorts } from './ports.ts';

export interface StandingEars {
  /** what is said of the run itself */
  hear(message: RoomMessage): void;
  /** it was deleted, or its experiment was */
  gone(): void;
  experimentRenamed(name: string): void;
}

type Experiment = Pick<RunDetail, 'experiment_id' | 'experiment_name'>;

/** A run's own news, and what of it is told to all only: that it goes and comes back, and what its experiment is called. */
export class RunStanding implements Subscription {
  private readonly runId: string;
  private readonly link: ConversationPorts['link'];
  private readonly ears: StandingEars;
  private readonly ofAll: Subscription;
  private own: Subscription;
  private experiment: Experiment | undefined;
  private isGone = false;

  constructor(runId: string, link: ConversationPorts['link'], ears: StandingEars) {
    this.runId = runId;
    this.link = link;
    this.ears = ears;
    this.own = this.listen();
    this.ofAll = link.subscribe('tracking', (message) => this.hearOfAll(message));
  }

  /** Where the run is now; undefined while it is nowhere. */
  isIn(experiment: Experiment | null): void {
    this.experiment = experiment ?? this.experiment;
    this.isGone = experiment === null;
  }

  dispose(): void {
    this.own.dispose();
    this.ofAll.dispose();
  }

  private hearOfAll(message: RoomMessage): void {
    if (message.type === 'tracking/run-removed' && message.run_id === this.runId) this.ears.gone();
    if (message.type === 'tracking/experiment-removed' && message.experiment_id === this.experiment?.experiment_id)
      this.ears.gone();
    if (message.type === 'tracking/run' && message.run.run_id === this.runId) this.comeBack();
    if (message.type === 'tracking/experiment') this.hearOfExperiment(message.experiment);
  }

  private hearOfExperiment({ experiment_id, name }: { experiment_id: string; name: string }): void {
    if (experiment_id !== this.experiment?.experiment_id) return;
    // its runs come back with it
    if (this.isGone) this.comeBack();
    else if (this.experiment.experiment_name !== name) this.ears.experimentRenamed(name);
  }

  /** All of it is asked for again. */
  private comeBack(): void {
    if (!this.isGone) return;
    this.own.dispose();
    this.own = this.listen();
  }

  private listen(): Subscription {
    return this.link.subscribe(`run:${this.runId}`, (message) => this.ears.hear(message));
  }
}
