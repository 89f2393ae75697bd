/** Pipelines beside the newest `dvc` of PyPI: many files as a dep, a long chain, and what a step costs by itself. */
import { build } from '../build.ts';
import { step } from '../lib/progress.mjs';
import { pythonWith } from '../lib/python-env.ts';
import { atLeast, atMost, interleaved, median, noted, percentile, report, timesFaster } from './lib.ts';
import { BenchFolder } from './parts/daemon.ts';
import { CHAIN, chainOf, writeMany } from './pipeline/content.ts';
import { Crisol } from './pipeline/crisol.ts';
import { Dvc } from './pipeline/dvc.ts';
import { followOutput } from './pipeline/output.ts';

const FILES = 70_000;
const ROUNDS = 5;
const TRIALS = 1000;
/** DVC takes more than twenty minutes for the chain: nobody waits for its end. */
const MOST_SECONDS = 600;

const python = await pythonWith({ name: 'dvc', packages: ['dvc'], what: 'DVC from PyPI, to compare with' });
if (!python) throw new Error('This benchmark needs Python 3.10 or newer for DVC.');
await build();
const folders = Array.from({ length: 5 }, () => new BenchFolder());
const [oursFolder, peerFolder, chainFolder, peerChainFolder, smallFolder] = folders as [
  BenchFolder,
  BenchFolder,
  BenchFolder,
  BenchFolder,
  BenchFolder,
];
const ours = new Crisol(oursFolder.path);
const peer = new Dvc(python, peerFolder.path);
const chain = new Crisol(chainFolder.path);
const small = new Crisol(smallFolder.path);
const peerChain = new Dvc(python, peerChainFolder.path);
try {
  await step(`${FILES} files, twice`, async () => {
    for (const { path } of [oursFolder, peerFolder]) writeMany(path, FILES);
    ours.writeDep();
    await peer.writeDep();
  });
  const first = await step('first', () =>
    interleaved(1, { ours: () => ours.firstRun(), peer: () => peer.add('data') }),
  );
  await peer.repro();
  const noop = await step('nothing to do, the daemon is there', () =>
    interleaved(ROUNDS, { ours: () => ours.run(), peer: () => peer.repro() }),
  );
  const cold = await step('nothing to do, the daemon starts', () =>
    interleaved(ROUNDS, { ours: () => ours.coldRun(), peer: () => peer.repro() }),
  );
  const edited = await step('one file edited', () =>
    interleaved(3, { ours: () => ours.runAfterEdit(), peer: () => peer.reproAfterEdit() }),
  );
  const long = await step(`a chain of ${CHAIN} steps`, async () => {
    chain.write(chainOf.crisol());
    await peerChain.write(chainOf.dvc());
    return interleaved(1, { ours: () => chain.run(), peer: () => peerChain.reproWithin(MOST_SECONDS) });
  });
  const starts = await step('starting a step', () => small.timesToStart());
  const trial = await step(`a sweep of ${TRIALS} trials`, () => small.sweep(TRIALS));
  const output = await step('500 MB of output', () => followOutput(small));
  const line = (name: string, { ours, peer }: Record<'ours' | 'peer', number[]>, times: number) =>
    timesFaster(times, { name, unit: 's', ours: median(ours), peer: median(peer) });
  report('pipeline', [
    line(`${FILES} files, the first time`, first, 10),
    line('the same, nothing to do, the daemon is there', noop, 20),
    line('the same, nothing to do, the daemon starts', cold, 10),
    line('the same, one file edited', edited, 50),
    line(`a chain of ${CHAIN} steps (the peer is ended after ${MOST_SECONDS} s)`, long, 30),
    atMost(15, {
      name: 'from the decision that a step runs to its first instruction, median',
      unit: 'ms',
      ours: median(starts.map(({ decided }) => decided)),
    }),
    noted({
      name: 'from the request for a run to the first instruction of its step, median',
      unit: 'ms',
      ours: median(starts.map(({ asked }) => asked)),
    }),
    atMost(20, { name: `a trial of a step that does nothing, of ${TRIALS}`, unit: 'ms', ours: trial }),
    atLeast(50, { name: 'output of a step, followed', unit: 'MB/s', ours: output.megabytesPerSecond }),
    atMost(20, { name: 'answers of the daemon meanwhile, p99', unit: 'ms', ours: percentile(output.answers, 0.99) }),
  ]);
} finally {
  for (const one of [ours, chain, small]) await one.down();
  for (const one of folders) one.dispose();
}
