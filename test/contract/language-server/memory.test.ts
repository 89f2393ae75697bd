import { afterAll, beforeAll, expect, it } from 'vitest';
import { SERVER_FLAGS } from '../../../schemas/language/protocol.ts';
import { BenchEditor } from '../../../tools/bench/language/client.ts';
import { projectOf, typedIn } from '../../../tools/bench/language/project.ts';
import { packedProgram } from '../../support/programs.ts';
import { waitFor } from '../../support/wait-for.ts';

const STEPS = 500;

let editor: BenchEditor;
beforeAll(async () => {
  const program = packedProgram('language-server');
  editor = await BenchEditor.start(program, 'file:///somewhere/crisol.yaml', { flags: SERVER_FLAGS });
});
afterAll(() => editor.stop());

it('what typing in 5,000 lines takes goes back to the system when it pauses, and typing goes on', async () => {
  await editor.open(projectOf(STEPS));
  for (let key = 0; key < 60; key++) await typeAndErase((key * 7919) % STEPS);
  const typed = editor.memory;
  await waitFor(() => editor.memory < typed - 10, { what: `10 MB less than ${typed}` });
  expect(editor.memory).toBeLessThan(120);
  await typeAndErase(7);
});

async function typeAndErase(step: number): Promise<void> {
  await editor.type(typedIn(step), 'x');
  await editor.erase(typedIn(step), 1);
}
