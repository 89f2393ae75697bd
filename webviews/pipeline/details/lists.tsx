import type { VNode } from 'preact';
import { variantLabel } from '../../../schemas/pipelines/standing.ts';
import { Breakable } from '../../shared/breakable.tsx';
import { formatCount } from '../../shared/format.ts';
import { lookOf } from '../../shared/work-state.tsx';
import type { PipelineContext } from '../context.ts';

/** So many names are shown; the graph shows the others. */
const MOST = 40;

export function Steps({
  name,
  of,
  context,
}: {
  name: string;
  of: readonly string[];
  context: PipelineContext;
}): VNode | null {
  const { host, picture } = context;
  const label = (one: string) => {
    const step = picture.byStep.get(one);
    return name === 'Variants' && step ? `${variantLabel(step)} · ${lookOf(step.last?.state ?? null).word}` : one;
  };
  return (
    <Several name={name} of={of}>
      {(one) => (
        <button type="button" class="link" onClick={() => host.keep({ chosen: one })}>
          <Breakable name={label(one)} />
        </button>
      )}
    </Several>
  );
}

export function Paths({
  name,
  of,
  context,
}: {
  name: string;
  of: readonly string[];
  context: PipelineContext;
}): VNode | null {
  return (
    <Several name={name} of={of}>
      {(path) => (
        <button type="button" class="link" onClick={() => context.host.post({ type: 'pipeline/open-path', path })}>
          <Breakable name={path} />
        </button>
      )}
    </Several>
  );
}

interface SeveralProps {
  name: string;
  of: readonly string[];
  children: (one: string) => VNode;
}

function Several({ name, of, children }: SeveralProps): VNode | null {
  if (of.length === 0) return null;
  return (
    <section aria-label={name}>
      <h3>{name}</h3>
      <ul>
        {of.slice(0, MOST).map((one) => (
          <li key={one}>{children(one)}</li>
        ))}
        {of.length > MOST ? <li class="muted">{formatCount(of.length - MOST, 'more', 'more')}</li> : null}
      </ul>
    </section>
  );
}
