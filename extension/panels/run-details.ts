import type { FromRunsPanel, ToRunsPanel } from '../../schemas/panels/runs.ts';
import type { RunDetail } from '../../schemas/wire/tracking.ts';
import { previewOf } from './artifact-preview.ts';
import { problemOf } from './connection.ts';
import type { Surface } from './conversation.ts';
import type { ConversationPorts, NamedRun } from './ports.ts';
import { ShownArtifacts } from './shown-artifacts.ts';

/** What a run's panel asks for when it is wanted: its files, and what ran. */
export class RunDetails {
  private readonly known: () => RunDetail | undefined;
  private readonly runId: string;
  private readonly surface: Surface<ToRunsPanel>;
  private readonly ports: ConversationPorts;
  readonly shown: ShownArtifacts;

  constructor(
    known: () => RunDetail | undefined,
    runId: string,
    surface: Surface<ToRunsPanel>,
    ports: ConversationPorts,
  ) {
    this.known = known;
    this.runId = runId;
    this.surface = surface;
    this.ports = ports;
    this.shown = new ShownArtifacts({
      clock: ports.clock,
      readFolder: (folder) => this.list(folder),
      readFile: (path, insist) => this.preview(path, insist),
    });
  }

  receive(message: FromRunsPanel): void {
    if (message.type === 'runs/list-artifacts') void this.shown.showFolder(message.folder);
    if (message.type === 'runs/preview-artifact') void this.shown.showFile(message.path, message.insist);
    if (message.type === 'runs/read-origin') void this.origin();
    this.open(message);
  }

  /** Outside of the panel. */
  private open(message: FromRunsPanel): void {
    const { openers } = this.ports;
    if (message.type === 'runs/open-artifact') openers.openArtifact(this.runId, message.path, message.rendered);
    if (message.type === 'runs/save-artifact') openers.saveArtifact(this.runId, message.path);
    if (message.type === 'runs/show-changes') openers.showSource('changes', this.named());
    if (message.type === 'runs/reproduce') openers.showSource('reproduce', this.named());
    if (message.type === 'runs/open-place') openers.openPlace(message.file, message.line);
    if (message.type === 'runs/open-log') openers.openStepLog(this.runId, message.step);
  }

  private async list(folder: string): Promise<void> {
    try {
      const entries = await this.ports.artifacts.list(this.runId, folder);
      this.surface.post({ type: 'runs/artifacts', folder, entries });
    } catch (thrown) {
      this.surface.post({ type: 'runs/artifacts-failed', folder, problem: problemOf(thrown) });
    }
  }

  private async preview(path: string, insist: boolean): Promise<void> {
    const preview = await previewOf(this.ports.artifacts, { run_id: this.runId, path, insist });
    this.surface.post({ type: 'runs/preview', path, preview });
  }

  private async origin(): Promise<void> {
    const { api, artifacts } = this.ports;
    try {
      const [source, inputs, models] = await Promise.all([
        api.runSource(this.runId),
        api.runInputs(this.runId),
        artifacts.modelsOf(this.runId),
      ]);
      this.surface.post({ type: 'runs/origin', origin: { source, inputs, models } });
    } catch (thrown) {
      this.surface.post({ type: 'runs/origin-failed', problem: problemOf(thrown) });
    }
  }

  private named(): NamedRun {
    return { run_id: this.runId, name: this.known()?.name || this.runId.slice(0, 8) };
  }
}
