import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { bin } from '../lib/bin.ts';
import { exec } from '../lib/exec.ts';
import { step } from '../lib/progress.mjs';
import { ROOT } from '../lib/root.ts';
import { checkImports } from './imports.ts';
import type { Tally } from './tally.ts';

/** A look at the code without running it; `run` answers what is wrong, or nothing. */
interface Check {
  name: string;
  run: () => Promise<string | undefined>;
}

const node = process.execPath;

function tool(name: string, args: string[]): Check {
  return {
    name,
    async run() {
      const { code, output } = await exec(node, args);
      return code === 0 ? undefined : output;
    },
  };
}

/** One per tsconfig: what a layer may see (DOM, Node, VS Code) is part of the check. */
function types(): Check[] {
  return readdirSync(ROOT)
    .filter((layer) => existsSync(join(ROOT, layer, 'tsconfig.json')))
    .map((layer) => tool(`types of ${layer}`, [bin('typescript', 'tsc'), '-p', layer]));
}

function allChecks(): Check[] {
  return [
    tool('format and lint', [bin('@biomejs/biome', 'biome'), 'ci', '--colors=off']),
    ...types(),
    { name: 'import directions', run: checkImports },
    tool('nothing unused', [bin('knip'), '--no-progress']),
  ];
}

/** Two at a time: each of them keeps more than one core busy by itself. */
export async function runStaticChecks(tally: Tally): Promise<void> {
  const waiting = allChecks();
  const complaints: string[] = [];
  await step('Format, lint, types and architecture', (say) => Promise.all([worker(say), worker(say)]));
  for (const complaint of complaints) console.log(complaint);

  async function worker(say: (detail: string) => void): Promise<void> {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      say(check.name);
      const wrong = await check.run();
      const complaint = wrong === undefined ? undefined : `${check.name}\n${wrong.trimEnd()}\n`;
      tally.count(complaint);
      if (complaint !== undefined) complaints.push(`✗ ${complaint}`);
    }
  }
}
