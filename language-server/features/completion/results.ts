import { stepEntries } from '../../../schemas/language/check/view.ts';
import type { ReferencePath } from '../../../schemas/language/expressions/references.ts';
import type { LiveValues } from '../../../schemas/language/live.ts';
import type { Analysis } from '../../projects/analysis.ts';
import { modelOf } from '../../projects/whole.ts';
import type { KnownName } from '../expression-names.ts';
import { namesAfter } from '../expression-names.ts';
import { metricsOfStep } from './metrics.ts';
import { matrixNames } from './names.ts';

/** What there is of a step once it has run; `path`: what follows its name. */
export function resultsOf(name: string, path: ReferencePath, analysis: Analysis, live: LiveValues | null): KnownName[] {
  const [field, ...deeper] = path;
  const step = modelOf(analysis).steps.find((one) => one.name === name);
  if (field === 'best') return ofBest(name, deeper, analysis, live);
  if (field === 'metrics' && deeper.length === 0) {
    return metricsOfStep(name, analysis, live).map(({ key, detail }) => ({ name: key, kind: 'field', detail }));
  }
  if (field !== undefined || !step) return [];
  return [
    { name: 'metrics', kind: 'field', detail: 'what it logs' },
    { name: 'status', kind: 'field', detail: 'how it ended' },
    ...(step.matrix ? [{ name: 'best', kind: 'field', detail: 'its best variant' } as const] : []),
  ];
}

function ofBest(name: string, path: ReferencePath, analysis: Analysis, live: LiveValues | null): KnownName[] {
  const model = modelOf(analysis);
  const [field, ...deeper] = path;
  if (field === 'metrics') return resultsOf(name, path, analysis, live);
  if (field === 'matrix') {
    const own = stepEntries(analysis.view).find(({ key }) => key === name);
    return deeper.length > 0 ? [] : matrixNames(own).map((one) => ({ ...one, kind: 'variable' }));
  }
  if (field !== undefined) return namesAfter(model, ['steps', name, ...path], undefined);
  const makesModel = model.steps.some((step) => step.name === name && step.uses?.value === 'train');
  return [
    ...namesAfter(model, ['steps', name], undefined),
    { name: 'metrics', kind: 'field', detail: 'what it logged' },
    { name: 'matrix', kind: 'field', detail: 'its values of the matrix' },
    ...(makesModel ? [{ name: 'model', kind: 'path', detail: 'the folder of the model' } as const] : []),
  ];
}
