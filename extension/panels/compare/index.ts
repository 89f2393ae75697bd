import type { CompareSubject, FromComparePanel, ToComparePanel } from '../../../schemas/panels/compare.ts';
import { t } from '../../texts.ts';
import type { PanelKind } from '../conversation.ts';
import { CompareConversation } from './conversation.ts';

export const comparePanel: PanelKind<CompareSubject, ToComparePanel, FromComparePanel> = {
  viewType: 'crisol.compare',
  bundle: 'compare',
  key: ({ run_ids }) => [...run_ids].sort().join(' '),
  title: ({ run_ids }) => t('Compare {0} runs', run_ids.length),
  subjectFrom: (kept) => (isCompareSubject(kept) ? { run_ids: kept.run_ids } : null),
  converse: (subject, surface, ports, ways) => new CompareConversation(subject, surface, ports, ways),
};

function isCompareSubject(kept: unknown): kept is CompareSubject {
  if (typeof kept !== 'object' || kept === null || !('run_ids' in kept) || !Array.isArray(kept.run_ids)) return false;
  return kept.run_ids.length > 0 && kept.run_ids.every((id) => typeof id === 'string');
}
