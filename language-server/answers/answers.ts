import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
  CodeAction,
  CodeLens,
  CompletionItem,
  DocumentHighlight,
  DocumentLink,
  DocumentSymbol,
  FoldingRange,
  Hover,
  InlayHint,
  Location,
  SelectionRange,
  SemanticTokens,
  SignatureHelp,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver';
import type { WhyReason } from '../../schemas/language/live.ts';
import type { Position, Range } from '../../schemas/language/positions.ts';
import type { ExtentOf } from '../features/hover/data.ts';

/** All that an editor can ask about a file. Each kind of file answers as much of it as there is to tell. */
export interface Answers {
  completions(at: Position): CompletionItem[];
  /** `extentOf`: how much is in tables, as far as that was looked at */
  hover(at: Position, extentOf: ExtentOf): Hover | null;
  signature(at: Position): SignatureHelp | null;
  definition(at: Position): Location[];
  references(at: Position, withDefinition: boolean): Location[];
  highlights(at: Position): DocumentHighlight[];
  renameRange(at: Position): { range: Range; placeholder: string } | null;
  rename(at: Position, name: string): WorkspaceEdit | null;
  /** `only`: the kinds that the editor asks for */
  actions(range: Range, only?: readonly string[]): CodeAction[];
  symbols(): DocumentSymbol[];
  foldings(): FoldingRange[];
  selections(positions: readonly Position[]): SelectionRange[];
  links(): DocumentLink[];
  tokens(): SemanticTokens;
  lenses(): CodeLens[];
  hints(range: Range): InlayHint[];
  calls(at: Position): CallHierarchyItem[];
  incoming(item: CallHierarchyItem): CallHierarchyIncomingCall[];
  outgoing(item: CallHierarchyItem): CallHierarchyOutgoingCall[];
  format(): TextEdit[];
  formatRange(range: Range): TextEdit[];
  why(step: string): WhyReason[] | null;
}

/** What is not there, a file of that kind has nothing to say about. */
export type FileAnswers = Partial<Answers>;
