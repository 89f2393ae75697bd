import { describe, expect, it } from 'vitest';
import { dvcActions } from '../../../language-server/dvc/actions.ts';
import { dvcDefinition } from '../../../language-server/dvc/definition.ts';
import { dvcDiagnostics } from '../../../language-server/dvc/diagnostics.ts';
import { dvcHover } from '../../../language-server/dvc/hover.ts';
import { dvcSymbols } from '../../../language-server/dvc/symbols.ts';
import { readDvcFile } from '../../../schemas/language/dvc/file.ts';

const URI = 'file:///project/dvc.yaml';
const PARAMS = 'train:\n  lr: 0.1\n  deep: {n: 2}\n';
const TEXT = `vars: [{out: build}]
stages:
  prepare:
    desc: Cleans
    cmd: prepare.py > \${out}/a.csv
    outs: ["\${out}/a.csv"]
  train:
    foreach: [us, uk]
    do:
      cmd: train.py \${item} \${train.lr}
      deps: [build/a.csv]
      params: [train.deep.n]
      outs: ["m-\${item}"]
  deep:
    cmd: x
    wdir: sub
    deps: [../build/a.csv]
`;

const file = (text = TEXT) => readDvcFile(text, { 'params.yaml': PARAMS });
const read = (path: string) => (path === 'params.yaml' ? PARAMS : undefined);

/** The place right behind the first `|`-marked piece of text. */
function at(piece: string) {
  const { lines, text } = file();
  return lines.position(text.indexOf(piece) + 1);
}

function told(piece: string): string {
  const contents = dvcHover(file(), at(piece))?.contents;
  return typeof contents === 'object' && 'value' in contents ? contents.value : '';
}

describe('a dvc.yaml', () => {
  it('tells of a stage what it runs, reads and writes', () => {
    expect(told('prepare:')).toBe(
      '**stage `prepare`**\n\nCleans\n\n```sh\nprepare.py > build/a.csv\n```\n\nwrites: `build/a.csv`',
    );
    expect(told('train:\n    foreach')).toContain(
      'reads: `build/a.csv`  \nparams: `train.deep.n = 2`  \nwrites: `m-uk`',
    );
  });

  it('tells of a name its value, in a loop that of each stage', () => {
    expect(told(`\${train.lr}`)).toBe('**`train.lr`**\n\n`0.1`');
    expect(told(`\${item}`)).toBe('**`item`**\n\n- `train@us`: `"us"`\n- `train@uk`: `"uk"`');
    expect(told('train.deep.n')).toBe('**`train.deep.n`**\n\n`2`');
    expect(told('foreach')).toBe('');
  });

  it('leads from a param to params.yaml, from a variable to its place, from a dep to who makes it', () => {
    const places = (piece: string) => dvcDefinition(file(), URI, at(piece), read);
    expect(places(`\${train.lr}`)).toEqual([
      {
        uri: 'file:///project/params.yaml',
        range: { start: { line: 1, character: 2 }, end: { line: 1, character: 4 } },
      },
    ]);
    expect(places('train.deep.n')).toMatchObject([{ range: { start: { line: 2, character: 9 } } }]);
    expect(places(`\${out}`)).toMatchObject([{ uri: URI, range: { start: { line: 0, character: 8 } } }]);
    expect(places('../build/a.csv')).toMatchObject([{ uri: URI, range: { start: { line: 2, character: 2 } } }]);
    expect(places('prepare.py')).toEqual([]);
  });

  it('leads to where the whole name stands, not to a group of it somewhere else', () => {
    const text = `vars: [{train: {out: build}}]\nstages:\n  a: {cmd: "x \${train.lr} \${train.out}"}\n`;
    const places = (piece: string) => {
      const one = file(text);
      return dvcDefinition(one, URI, one.lines.position(text.indexOf(piece) + 3), read);
    };
    expect(places(`\${train.lr}`)).toMatchObject([
      { uri: 'file:///project/params.yaml', range: { start: { line: 1 } } },
    ]);
    expect(places(`\${train.out}`)).toMatchObject([{ uri: URI, range: { start: { line: 0, character: 16 } } }]);
  });

  it('offers to convert the stage at the cursor, or all of it', () => {
    const offered = (piece: string) => dvcActions(file(), URI, at(piece)).map(({ command }) => command?.arguments);
    expect(offered('wdir')).toEqual([[URI, 'deep'], [URI]]);
    expect(offered('vars')).toEqual([[URI]]);
    expect(dvcActions(file('a: 1'), URI, { line: 0, character: 0 })).toEqual([]);
  });

  it('lists its stages', () => {
    expect(dvcSymbols(file()).map(({ name }) => name)).toEqual(['prepare', 'train', 'deep']);
  });

  it('is told what DVC would refuse: circles, and an out of two stages', () => {
    const found = (text: string) => dvcDiagnostics(file(text), URI).map(({ message }) => message);
    expect(found('stages:\n  a: {cmd: x, deps: [b], outs: [a]}\n  b: {cmd: x, deps: [a], outs: [b]}\n')).toEqual([
      'These stages wait for each other: a → b → a. DVC runs none of them.',
    ]);
    expect(found('stages:\n  a: {cmd: x, outs: [o]}\n  b: {cmd: x, metrics: [./o]}\n')).toEqual([
      '`o` is an out of `a`, too: DVC takes each out from one stage only.',
    ]);
  });

  it('is told nothing where a name is not known, and nothing of what is right', () => {
    const loop = `stages:\n  a:\n    foreach: [1, 2]\n    do: {cmd: x, outs: ["\${gone}/x"]}\n`;
    expect([TEXT, loop, 'stages: [', '', 'a: 1'].map((text) => dvcDiagnostics(file(text), URI))).toEqual([
      [],
      [],
      [],
      [],
      [],
    ]);
  });
});
