import { inject } from 'vitest';
import { test as base } from '../support/e2e.ts';
import { Project } from './project.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** the folder of the sample after a run of its pipeline, made once by test/e2e/setup.ts */
    trained: string;
  }
}

/** `project` is the sample, as `npm start` makes it; `trained` is one whose pipeline has run once. */
export const test = base
  .extend('project', async ({ afterWindows }) => {
    const project = await Project.ofSample();
    afterWindows(() => project.end());
    return project;
  })
  .extend('trained', async ({ afterWindows }) => {
    const project = await Project.ofSample({ copyOf: inject('trained') });
    afterWindows(() => project.end());
    return project;
  });
