import type { PipelineModel, StepModel } from '../../schemas/language/model.ts';
import type { Edge } from '../../schemas/language/plan/graph.ts';
import type { StepPaths } from '../../schemas/language/plan/written-paths.ts';
import type { Analysis } from './analysis.ts';
import { paramsSource } from './sources.ts';

/** What all files of the project say together; params with those of params files. */
export const modelOf = ({ model, project }: Analysis): PipelineModel => project?.project.model ?? model;

/** The order of all steps. A place of an edge lies in the file of the step that waits. */
export function graphIn({ view, project }: Analysis): { paths: readonly StepPaths[]; edges: readonly Edge[] } {
  return project?.project.graph() ?? view;
}

/** All steps, each with the address of its file. */
export function stepsIn({ model, uri, project }: Analysis): { step: StepModel; uri: string }[] {
  const files = project?.project.members.map(({ path, file }) => ({ uri: project.addressOf(path), model: file.model }));
  return (files ?? [{ uri, model }]).flatMap((file) => file.model.steps.map((step) => ({ step, uri: file.uri })));
}

/** The params files that have a param: the last one counts. */
export function filesOfParam({ project }: Analysis, name: string): string[] {
  return (project?.project.paramsFiles ?? [])
    .filter((file) => paramsSource(file, '')?.names.some((known) => known.name === name))
    .map(({ path }) => path);
}
