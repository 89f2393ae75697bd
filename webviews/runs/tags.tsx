import type { VNode } from 'preact';
import type { RunDetail } from '../../schemas/wire/tracking.ts';

/** Tags of MLflow's and our own that are news beside what the head already says, as people call them. */
const KNOWN = new Map([
  ['crisol.pipeline', 'Pipeline'],
  ['mlflow.source.name', 'Source'],
  ['mlflow.source.git.branch', 'Branch'],
  ['mlflow.source.git.commit', 'Commit'],
]);
const COMMIT_DIGITS = 8;

export function Tags({ tags }: { tags: RunDetail['tags'] }): VNode | null {
  const named = [...KNOWN].flatMap(([key, name]) =>
    tags.filter((tag) => tag.key === key).map((tag) => ({ ...tag, name })),
  );
  const own = tags.filter(({ key }) => !key.startsWith('mlflow.') && !KNOWN.has(key));
  const shown = [...named, ...own.map((tag) => ({ ...tag, name: tag.key }))];
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
