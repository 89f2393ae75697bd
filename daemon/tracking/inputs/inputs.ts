import type { Emitter } from '../../base/emitter.ts';
import { CrisolError } from '../../base/errors.ts';
import { experimentNo } from '../experiments/experiments.ts';
import type { OpenRun, OpenRuns } from '../metrics/open-runs.ts';
import type { TrackingChange } from '../records.ts';
import type { Writer } from '../writer.ts';
import type { DatasetInput, DatasetSummary, ModelOutput, RunLinks } from './records.ts';
import type { DatasetInputRow, InputRepository } from './repository.ts';

const MAX_SUMMARIES = 1000;

export interface InputsParts {
  writer: Writer;
  openRuns: OpenRuns;
  inputs: InputRepository;
  changes: Emitter<TrackingChange>;
}

/** What runs take in (datasets, models) and give out (models). Saying the same again changes nothing. */
export class Inputs {
  private readonly parts: InputsParts;

  constructor(parts: InputsParts) {
    this.parts = parts;
  }

  async log(runId: string, datasets: readonly DatasetInput[], modelIds: readonly string[]): Promise<void> {
    const { inputs } = this.parts;
    await this.write(runId, ({ run_no, experiment_id }) => {
      for (const input of datasets) inputs.addInput(run_no, inputs.ensureDataset(experiment_id, input.dataset), input);
      for (const modelId of modelIds) inputs.addLink(run_no, 'input', modelId, 0);
    });
  }

  async logOutputs(runId: string, models: readonly ModelOutput[]): Promise<void> {
    await this.write(runId, ({ run_no }) => {
      for (const { model_id, step } of models) {
        const kept = this.parts.inputs.addLink(run_no, 'output', model_id, step);
        if (kept !== step) throw outputKnown(runId, model_id, kept);
      }
    });
  }

  ofRun(runId: string): RunLinks {
    return this.ofRuns([runId]).get(runId) ?? { datasets: [], input_models: [], output_models: [] };
  }

  /** Of those runs that have any. */
  ofRuns(runIds: readonly string[]): Map<string, RunLinks> {
    const { inputs } = this.parts;
    const found = new Map<string, RunLinks>();
    if (!inputs.hasAny()) return found;
    for (const row of inputs.inputs(runIds)) linksIn(found, row.run_id).datasets.push(toInput(row));
    for (const { run_id, direction, model_id, step } of inputs.links(runIds)) {
      const links = linksIn(found, run_id);
      if (direction === 'input') links.input_models.push(model_id);
      else links.output_models.push({ model_id, step });
    }
    return found;
  }

  /** Every dataset that runs of these experiments took in, once for each use. */
  datasets(experimentIds: readonly string[]): DatasetSummary[] {
    return this.parts.inputs.summaries(experimentIds.map(experimentNo), MAX_SUMMARIES);
  }

  private async write(runId: string, action: (run: OpenRun) => void): Promise<void> {
    const { writer, openRuns, changes } = this.parts;
    const run = await writer.write(() => {
      const open = openRuns.get(runId);
      action(open);
      return open;
    });
    changes.emit({ type: 'run', run_id: runId, experiment_id: run.experiment_id });
  }
}

function linksIn(found: Map<string, RunLinks>, runId: string): RunLinks {
  const known = found.get(runId);
  if (known) return known;
  const fresh: RunLinks = { datasets: [], input_models: [], output_models: [] };
  found.set(runId, fresh);
  return fresh;
}

function toInput({ name, digest, source_type, source, schema, profile, context, tags }: DatasetInputRow): DatasetInput {
  return {
    dataset: { name, digest, source_type, source, schema: schema ?? undefined, profile: profile ?? undefined },
    context: context ?? undefined,
    tags: JSON.parse(tags),
  };
}

function outputKnown(runId: string, modelId: string, step: number): CrisolError {
  return new CrisolError(
    'BAD_REQUEST',
    `The model ${modelId} is an output of the run ${runId} already, at step ${step}.`,
  );
}
