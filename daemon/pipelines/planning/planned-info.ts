import type { PipelineModel, PlannedStep } from '../../../schemas/language/model.ts';
import type { PlannedNode } from '../../../schemas/wire/pipelines.ts';
import { nameSecrets } from '../../project/index.ts';

/** The steps as they would be run now, for whoever shows them: nothing in it is a value of the environment. */
export function plannedInfo(plan: readonly PlannedStep[], model: PipelineModel | null): PlannedNode[] {
  const written = new Map(model?.steps.map((step) => [step.name, step]));
  // places are counted in the file that a step stands in, which may be another than crisol.yaml
  const isOneFile = model?.includes.length === 0;
  return plan.map(({ name, of, needs, reads, writes, work }) => {
    const step = written.get(of);
    return {
      name,
      of,
      needs,
      reads: reads.map(nameSecrets),
      writes: writes.map(nameSecrets),
      ...(work.kind === 'uses' ? { uses: work.uses } : {}),
      ...(work.kind === 'run' && step?.run ? { command: step.run.value } : {}),
      ...(isOneFile && step ? { line: step.nameRange.start.line + 1 } : {}),
    };
  });
}
