import type * as wire from '../../schemas/wire/import.ts';
import type { Target } from '../import/carrying/index.ts';
import type { Api } from './api.ts';
import { segment } from './api.ts';
import { upload } from './upload.ts';

/** The daemon, as an import sees it. */
export function importInto(api: Api): Target {
  return {
    async known(ids) {
      if (ids.length === 0) return new Set();
      const known = await api.post<wire.ImportIds>('/import/known', { ids });
      return new Set(known.ids);
    },
    experiment: (experiment) => api.post<wire.ImportedExperiment>('/import/experiments', experiment),
    run: (run) => api.post<wire.Imported>('/import/runs', run),
    async points(runId, series) {
      const { added } = await api.post<wire.ImportedPoints>(`/import/runs/${segment(runId)}/points`, { series });
      return added;
    },
    async completeRun(runId, deleted) {
      await api.post(`/import/runs/${segment(runId)}/complete`, { deleted });
    },
    loggedModel: (model) => api.post<wire.Imported>('/import/logged-models', model),
    async completeLoggedModel(modelId) {
      await api.post(`/import/logged-models/${segment(modelId)}/complete`);
    },
    model: (model) => api.post<wire.ImportedModel>('/import/models', model),
    file: (path, local, mayBeThere) => upload(api, path, local, mayBeThere),
  };
}
