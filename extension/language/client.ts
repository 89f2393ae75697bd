import { Uri } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import type { LanguageServerOptions } from '../../schemas/language/protocol.ts';
import { DVC_FILE_GLOB, PIPELINE_FILE_GLOB, SERVER_FLAGS } from '../../schemas/language/protocol.ts';

/** `server` is the program, `docs` the page that explains its diagnostics. */
export async function startLanguageClient(server: string, docs: string): Promise<LanguageClient> {
  const initializationOptions: LanguageServerOptions = { docs: Uri.file(docs).toString(), commands: true };
  const client = new LanguageClient(
    'crisol',
    'Crisol Language Server',
    {
      command: process.execPath,
      args: [...SERVER_FLAGS, server, '--stdio'],
      transport: TransportKind.stdio,
      options: { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } },
    },
    {
      // YAML keeps its language id, so that people's formatters go on working
      documentSelector: [PIPELINE_FILE_GLOB, DVC_FILE_GLOB].map((pattern) => ({ language: 'yaml', pattern })),
      initializationOptions,
      // names of runs in a hover open them
      markdown: { isTrusted: { enabledCommands: ['crisol.runs.open'] } },
    },
  );
  await client.start();
  return client;
}
