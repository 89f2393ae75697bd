import { expect, it, onTestFinished } from 'vitest';
import { writtenSweep } from '../../../daemon/ports.ts';
import { Project } from '../../../daemon/project/index.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const yaml = (goal: string) => `version: 1
steps: {train: {run: "train \${{ params.lr }}"}}
params: {lr: 1}
sweeps: {tune: {step: train, goal: ${goal}, space: {lr: {log: [0.01, 1]}}}}
`;

it('a sweep is what crisol.yaml says when it begins, also when that was saved a moment ago', () => {
  const workspace = new TempWorkspace({ files: { 'crisol.yaml': yaml('minimize loss') } });
  // no time passes: nobody has been told of the change
  const project = new Project(workspace.folder, new VirtualClock());
  onTestFinished(() => {
    project.dispose();
    workspace.dispose();
  });
  expect(writtenSweep(project, 'tune')).toMatchObject({ goal: 'minimize loss' });
  workspace.write('crisol.yaml', yaml('maximize f1'));
  expect(writtenSweep(project, 'tune')).toMatchObject({ goal: 'maximize f1' });
  expect(() => writtenSweep(project, 'tame')).toThrow('There is no sweep "tame" in crisol.yaml; there are: tune.');
});
