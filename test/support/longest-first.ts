import type { TestSpecification } from 'vitest/node';
import { BaseSequencer } from 'vitest/node';

/** What has the longest files comes first, so that no worker is left with one of them when the others have nothing to do. */
const PROJECTS = ['conformance', 'e2e', 'contract', 'architecture', 'unit'];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const place = ({ project }: TestSpecification) => PROJECTS.indexOf(project.name);
    return sorted.toSorted((one, other) => place(one) - place(other));
  }
}
