import type { Connection } from 'vscode-languageserver';
import { BulkRegistration, DocumentFormattingRequest, DocumentRangeFormattingRequest } from 'vscode-languageserver';
import { PIPELINE_FILE_GLOB } from '../../schemas/language/protocol.ts';

/**
 * The editor may send files that are only explained here, such as dvc.yaml: somebody else formats those, and an editor that
 * hears of two would ask which.
 */
export async function offerFormatting(connection: Connection): Promise<void> {
  const documentSelector = [{ language: 'yaml', pattern: PIPELINE_FILE_GLOB }];
  const registrations = BulkRegistration.create();
  registrations.add(DocumentFormattingRequest.type, { documentSelector });
  registrations.add(DocumentRangeFormattingRequest.type, { documentSelector });
  await connection.client.register(registrations);
}
