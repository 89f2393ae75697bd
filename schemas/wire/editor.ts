import type { Static } from 'typebox';
import { Type } from 'typebox';

/** `POST /api/crisol/v1/editor`: how a web page leads to the editor whose window is connected */
export const EditorLink = Type.Object({
  /** such as `vscode`; null when the editor is itself a page, which other pages cannot open */
  uri_scheme: Type.Union([Type.String({ pattern: '^[a-z][a-z0-9+.-]{0,40}$' }), Type.Null()]),
});
export type EditorLink = Static<typeof EditorLink>;
