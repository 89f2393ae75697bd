import { expect, it } from 'vitest';
import { dvcParamDefinition, dvcParamHover, dvcParamReferences } from '../../../language-server/dvc/params-file.ts';
import { paramsSource } from '../../../language-server/projects/sources.ts';
import { readDvcFile } from '../../../schemas/language/dvc/file.ts';
import { dvcUses } from '../../../schemas/language/dvc/names.ts';
import { readParamsFile } from '../../../schemas/language/project/index.ts';

const URI = 'file:///project/dvc.yaml';
const PARAMS = 'train:\n  lr: 0.1\n  deep: {n: 2}\n';
const DVC = `stages:
  a:
    cmd: x \${train.lr} \\\${train.lr}
    params: [train.deep, {more.yaml: [train.lr]}]
  b: # \${train.lr}
    foreach: [1]
    do: {cmd: "y \${train['lr']} \${train}", params: [other]}
`;

function params(text: string) {
  const source = paramsSource(readParamsFile('params.yaml', { text: PARAMS }), 'file:///project/params.yaml');
  if (!source) throw new Error('These params can be read.');
  return { uri: URI, file: readDvcFile(text, { 'params.yaml': PARAMS }), source, path: 'params.yaml' };
}

const dvc = params(DVC);
const at = (name: string) => dvc.source.document.lines.position(PARAMS.indexOf(name));
const told = (name: string, text: string) => dvcParamHover(params(text), at(name))?.contents;

it('names of a params file lead to the stages that name them, their groups or what is in them', () => {
  const { lines } = dvc.file;
  const places = (name: string) =>
    dvcParamReferences(dvc, at(name), false).map(({ range }) =>
      DVC.slice(lines.offset(range.start), lines.offset(range.end)),
    );
  expect(places('lr')).toEqual([`\${train.lr}`, `\${train['lr']}`, `\${train}`]);
  expect(places('n: 2')).toEqual(['train.deep', `\${train}`]);
  expect(dvcParamReferences(dvc, at('lr'), true)).toEqual([
    ...dvcParamDefinition(dvc, at('lr')),
    ...dvcParamReferences(dvc, at('lr'), false),
  ]);
  expect(dvcUses(dvc.file, 'more.yaml').map(({ name, stage }) => `${stage} ${name}`)).toContain('a train.lr');
});

it('a name of a params file tells which stages name it', () => {
  expect(told('deep', DVC)).toMatchObject({ value: '**`train.deep`**\n\nNamed by `a` and `b` of dvc.yaml.' });
  expect(told('lr', 'stages: {}')).toMatchObject({ value: '**`train.lr`**\n\nNo stage of dvc.yaml names it.' });
});
