import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TempWorkspace } from '../support/temp-workspace.ts';
import type { TrackingServer } from './servers.ts';
import { python, startCrisol } from './servers.ts';

const notes = new TempWorkspace();
let server: TrackingServer;
beforeAll(async () => {
  server = await startCrisol();
});
afterAll(async () => {
  await server.stop();
  notes.dispose();
});

it('whatever is sent to any route of our own OpenAPI page, the daemon never fails', async () => {
  const twins = await answeredAlike();
  expect(twins.length).toBeGreaterThan(20);
  const { code, output } = await schemathesis(
    `${server.url}/docs`,
    ['--header', `Authorization: Bearer ${server.token}`],
    // ending the daemon is no failure of its
    ...['/api/crisol/v1/shutdown', ...twins].map((path) => ['--exclude-path', path]),
    ['--checks', 'not_a_server_error', '--phases', 'coverage,fuzzing', '--max-examples', '8'],
    ['--seed', '1', '--generation-database', 'none', '--suppress-health-check', 'all', '--warnings', 'off'],
    // one after the other, so that the same is sent each time; a connection that we close after nonsense is opened again
    ['--continue-on-failure', '--no-color', '--workers', '1', '--request-retries', '2'],
  );
  expect(output).toMatch(/[1-9]\d* generated/);
  expect(code, failuresOf(output)).toBe(0);
  const alive = await fetch(`${server.url}/health`);
  expect(alive.status).toBe(200);
}, 1_800_000);

/** Addresses of MLflow's pages where the same answers as at that of its client. */
async function answeredAlike(): Promise<string[]> {
  const answer = await fetch(`${server.url}/docs`, { headers: { authorization: `Bearer ${server.token}` } });
  const { paths } = (await answer.json()) as { paths: Record<string, unknown> };
  return Object.keys(paths).filter((path) => {
    const twin = path.replace('/ajax-api/', '/api/');
    return twin !== path && isDeepStrictEqual(paths[path], paths[twin]);
  });
}

async function schemathesis(address: string, ...options: string[][]) {
  const program = join(dirname(python()), 'schemathesis');
  const child = spawn(program, ['run', address, ...options.flat()], {
    // it writes notes of its own
    cwd: notes.folder,
    env: { ...process.env, PYTHONUTF8: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code, output: out + errors };
}

/** Which routes failed and how; the requests themselves may be pages long. */
function failuresOf(output: string): string {
  const lines = output
    .split('\n')
    .filter((line) =>
      /^(_{3,} |- |\s+\[[45]\d\d\]|\s+st replay|\s+`?\{"error|.*(Error|imed? ?out|generated))/.test(line),
    );
  return lines.map((line) => line.slice(0, 500)).join('\n');
}
