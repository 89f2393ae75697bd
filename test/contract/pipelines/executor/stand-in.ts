/**
 * Stands in for a daemon that is killed at any instant: takes over what runs and starts what was never begun or was lost,
 * until all steps have ended. `node stand-in.ts WORKSPACE COUNT`
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openLocal } from './open-local.ts';

const [folder = '', count = '0'] = process.argv.slice(2);
const { executor } = openLocal({ path: (...parts) => join(folder, ...parts), write() {} });

/** Two of one name at once would find each other. */
const SCRIPT = `
mkdir "at-$NAME" 2> /dev/null || touch "twice-$NAME"
echo begins
for i in 1 2 3 4 5; do sleep 0.05; done
rmdir "at-$NAME"
echo ends`;

async function carryOut(name: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const id = `run/${name}/${attempt}`;
    const handle = (await executor.adopt(id)) ?? begin(id, name);
    if ((await handle.exit).how !== 'lost') return;
  }
}

function begin(id: string, name: string) {
  // what an attempt was in that was cut off
  rmSync(join(folder, `at-${name}`), { recursive: true, force: true });
  return executor.start({
    id,
    step: name,
    work: { kind: 'script', script: SCRIPT },
    folder: '.',
    reads: [],
    writes: [],
    variables: { NAME: name },
    files: {},
    timeoutMs: null,
    graceMs: 1_000,
    resources: { cpus: 1, memoryBytes: null, gpus: 0 },
    gpus: [],
    debuggerPort: null,
  });
}

await Promise.all(Array.from({ length: Number(count) }, (_, n) => carryOut(`s${n}`)));
await executor.dispose();
