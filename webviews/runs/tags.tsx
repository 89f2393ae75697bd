import type { VNode } from 'preact';
import type { RunDetail } from '../../schemas/wire/tracking.ts';

/** Tags of MLflow's and our own that are news beside what the head already says, as people call them. */
const KNOWN = new Map([
  ['crisol.pipeline', 'Pipeline'],
  ['mlflow.source.name', 'Source'],
  ['mlflow.source.git.branch', 'Branch'],
  ['mlflow.source.git.commit', 'Commit'],
]);
/** What the daemon notes for itself. */
const NOTES = new Set(['crisol.alsoLogsTo', 'crisol.givenParams']);
const COMMIT_DIGITS = 8;
/** What a badge says in fewer words. */
export const GIT_TAGS = ['mlflow.source.git.branch', 'mlflow.source.git.commit'];

export interface TagsProps {
  tags: RunDetail['tags'];
  /** keys of what is said elsewhere */
  besides: readonly string[];
}

/** With the names that people know, these first. */
export function shownTags({ tags, besides }: TagsProps) {
  const named = [...KNOWN]
    .filter(([key]) => !besides.includes(key))
    .flatMap(([key, name]) => tags.filter((tag) => tag.key === key).map((tag) => ({ ...tag, name })));
  const own = tags.filter(({ key }) => !key.startsWith('mlflow.') && !KNOWN.has(key) && !NOTES.has(key));
  return [...named, ...own.map((tag) => ({ ...tag, name: tag.key }))];
}

export function Tags(props: TagsProps): VNode | null {
  const shown = shownTags(props);
  if (shown.length === 0) return null;
  return (
    <ul class="tags" aria-label="Tags">
      {shown.map(({ key, name, value }) => (
        <li key={key} title={`${key}: ${value}`}>
          <span class="tag-key">{name}</span> {name === 'Commit' ? value.slice(0, COMMIT_DIGITS) : value}
        </li>
      ))}
    </ul>
  );
}
