import { workspace } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { PIPELINE_FILE_GLOB } from '../../schemas/language/protocol.ts';

export async function startLanguageClient(server: string): Promise<LanguageClient> {
  const client = new LanguageClient(
    'crisol',
    'Crisol Language Server',
    {
      command: process.execPath,
      args: [server, '--stdio'],
      transport: TransportKind.stdio,
      options: { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } },
    },
    {
      // YAML keeps its language id, so that people's formatters go on working
      documentSelector: [{ language: 'yaml', pattern: PIPELINE_FILE_GLOB }],
      synchronize: { fileEvents: workspace.createFileSystemWatcher(PIPELINE_FILE_GLOB) },
    },
  );
  await client.start();
  return client;
}
