import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { bin } from '../lib/bin.ts';
import { exec } from '../lib/exec.ts';
import { ROOT } from '../lib/root.ts';

// tests may import anything: they are looked at only where something else reaches them
const LAYERS = ['schemas', 'compiled', 'daemon', 'extension', 'language-server', 'webviews', 'samples', 'tools'];

interface Report {
  summary: { totalCruised: number; violations: { from: string; to: string; rule: { name: string } }[] };
}

/** What breaks the import directions of ARCHITECTURE.md below `folder`, in words; nothing when all is well. */
export async function checkImports(folder = ROOT): Promise<string | undefined> {
  const layers = LAYERS.filter((layer) => existsSync(join(folder, layer)));
  const config = join(ROOT, '.dependency-cruiser.cjs');
  const args = [bin('dependency-cruiser', 'depcruise'), '--config', config, '--output-type', 'json', ...layers];
  const { output } = await exec(process.execPath, args, { cwd: folder });
  const report = parse(output);
  if (!report) return output;
  // without a parser that understands the files, the tool finds none and is content
  if (report.summary.totalCruised === 0) return 'no module was looked at: the tool cannot read the sources';
  const lines = report.summary.violations.map(({ rule, from, to }) => `  ${rule.name}: ${from} → ${to}`);
  return lines.length > 0 ? lines.join('\n') : undefined;
}

function parse(output: string): Report | undefined {
  try {
    return JSON.parse(output);
  } catch {
    return undefined; // its own failure, in words
  }
}
