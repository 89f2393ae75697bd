import type { VNode } from 'preact';
import type { RunOrigin } from '../../schemas/panels/run-details.ts';

const COMMIT_DIGITS = 8;

/** Where the run comes from, in a few words: each leads to all that is known of it. */
export function Badges({ origin, onOpen }: { origin: RunOrigin | null; onOpen: () => void }): VNode | null {
  const badges = origin ? badgesOf(origin) : [];
  if (badges.length === 0) return null;
  return (
    <ul class="tags" aria-label="Origin">
      {badges.map(({ key, text, title }) => (
        <li key={key}>
          <button type="button" class="link" title={title} onClick={onOpen}>
            {text}
          </button>
        </li>
      ))}
    </ul>
  );
}

interface Badge {
  key: string;
  text: string;
  title: string;
}

export function badgesOf({ source: { git }, inputs: { datasets } }: RunOrigin): Badge[] {
  const badges: Badge[] = [];
  if (git?.commit) {
    const place = [git.branch, git.commit.slice(0, COMMIT_DIGITS)].filter(Boolean).join('@');
    const title = git.dirty ? `${git.commit}, and changes since` : git.commit;
    badges.push({ key: 'code', text: git.dirty ? `${place} • changed` : place, title });
  }
  for (const { name, digest, context } of datasets) {
    const text = context === null ? name : `${name} (${context})`;
    badges.push({ key: `data ${name} ${digest} ${context}`, text, title: `Dataset ${name}, digest ${digest}` });
  }
  return badges;
}
