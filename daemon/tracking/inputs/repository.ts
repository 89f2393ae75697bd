import type { Db } from '../../store/index.ts';
import type { Dataset, DatasetInput, DatasetSummary } from './records.ts';

export type Direction = 'input' | 'output';

export interface DatasetInputRow {
  run_id: string;
  name: string;
  digest: string;
  source_type: string;
  source: string;
  schema: string | null;
  profile: string | null;
  context: string | null;
  tags: string;
}

export interface ModelLinkRow {
  run_id: string;
  direction: Direction;
  model_id: string;
  step: number;
}

interface SummaryRow {
  experiment_id: number;
  name: string;
  digest: string;
  context: string | null;
}

/** Runs are named by a JSON list of their ids, so that one statement serves one and many. */
const OF_RUNS = 'FROM json_each(?) wanted JOIN runs ON runs.run_id = wanted.value';

export class InputRepository {
  private readonly findDataset;
  private readonly insertDataset;
  private readonly insertInput;
  private readonly insertLink;
  private readonly stepOf;
  private readonly anyDataset;
  private readonly anyLink;
  private readonly inputsOf;
  private readonly linksOf;
  private readonly summariesOf;
  private readonly copyDatasets;
  private readonly moveInputs;

  constructor(db: Db) {
    this.findDataset = db
      .prepare<[string, string, string], number>(
        'SELECT dataset_no FROM datasets WHERE experiment_id = ? AND name = ? AND digest = ?',
      )
      .pluck();
    this.insertDataset = db.prepare<unknown[]>(
      'INSERT INTO datasets (experiment_id, name, digest, source_type, source, schema, profile) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
    this.insertInput = db.prepare<[number, number, string | null, string]>(
      'INSERT OR IGNORE INTO dataset_inputs VALUES (?, ?, ?, ?)',
    );
    this.insertLink = db.prepare<[number, Direction, string, number]>(
      'INSERT OR IGNORE INTO model_links (run_no, direction, model_id, step) VALUES (?, ?, ?, ?)',
    );
    this.stepOf = db
      .prepare<[number, Direction, string], number>(
        'SELECT step FROM model_links WHERE run_no = ? AND direction = ? AND model_id = ?',
      )
      .pluck();
    this.anyDataset = db.prepare<[], number>('SELECT EXISTS (SELECT 1 FROM dataset_inputs)').pluck();
    this.anyLink = db.prepare<[], number>('SELECT EXISTS (SELECT 1 FROM model_links)').pluck();
    this.inputsOf = db.prepare<[string], DatasetInputRow>(
      `SELECT run_id, d.name, d.digest, source_type, source, schema, profile, context, tags ${OF_RUNS}
       JOIN dataset_inputs USING (run_no) JOIN datasets d USING (dataset_no) ORDER BY run_no, dataset_no`,
    );
    this.linksOf = db.prepare<[string], ModelLinkRow>(
      `SELECT run_id, direction, model_id, step ${OF_RUNS} JOIN model_links USING (run_no) ORDER BY link_no`,
    );
    this.summariesOf = db.prepare<[string, number], SummaryRow>(
      `SELECT DISTINCT d.experiment_id, d.name, d.digest, i.context FROM datasets d JOIN dataset_inputs i USING (dataset_no)
       WHERE d.experiment_id IN (SELECT value FROM json_each(?)) ORDER BY d.experiment_id, d.name, d.digest, i.context LIMIT ?`,
    );
    this.copyDatasets = db.prepare<[string, number]>(
      `INSERT OR IGNORE INTO datasets (experiment_id, name, digest, source_type, source, schema, profile)
       SELECT ?, name, digest, source_type, source, schema, profile FROM datasets
       WHERE dataset_no IN (SELECT dataset_no FROM dataset_inputs WHERE run_no = ?)`,
    );
    this.moveInputs = db.prepare<[string, number]>(
      `UPDATE dataset_inputs SET dataset_no = (
         SELECT there.dataset_no FROM datasets here JOIN datasets there USING (name, digest)
         WHERE here.dataset_no = dataset_inputs.dataset_no AND there.experiment_id = ?
       ) WHERE run_no = ?`,
    );
  }

  /** A dataset is one of its experiment: a run that moves has the same ones there. */
  move(runNo: number, experimentId: string): void {
    this.copyDatasets.run(experimentId, runNo);
    this.moveInputs.run(experimentId, runNo);
  }

  /** The first source and schema of a dataset stay. */
  ensureDataset(experimentId: string, dataset: Dataset): number {
    const { name, digest, source_type, source, schema, profile } = dataset;
    const known = this.findDataset.get(experimentId, name, digest);
    if (known !== undefined) return known;
    const row = [experimentId, name, digest, source_type, source, schema ?? null, profile ?? null];
    return Number(this.insertDataset.run(...row).lastInsertRowid);
  }

  /** What a run said of a dataset first stays. */
  addInput(runNo: number, datasetNo: number, { context, tags }: DatasetInput): void {
    this.insertInput.run(runNo, datasetNo, context ?? null, JSON.stringify(tags));
  }

  /** The step at which the model is linked now: another one if it was linked before. */
  addLink(runNo: number, direction: Direction, modelId: string, step: number): number {
    const added = this.insertLink.run(runNo, direction, modelId, step).changes > 0;
    return added ? step : Number(this.stepOf.get(runNo, direction, modelId));
  }

  /** Whether any run has any: most lists of runs need not look further. */
  hasAny(): boolean {
    return this.anyDataset.get() === 1 || this.anyLink.get() === 1;
  }

  inputs(runIds: readonly string[]): DatasetInputRow[] {
    return this.inputsOf.all(JSON.stringify(runIds));
  }

  links(runIds: readonly string[]): ModelLinkRow[] {
    return this.linksOf.all(JSON.stringify(runIds));
  }

  summaries(experimentNos: readonly number[], limit: number): DatasetSummary[] {
    return this.summariesOf.all(JSON.stringify(experimentNos), limit).map(({ experiment_id, context, ...dataset }) => {
      return { experiment_id: String(experiment_id), ...dataset, context: context ?? undefined };
    });
  }
}
