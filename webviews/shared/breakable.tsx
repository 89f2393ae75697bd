import type { VNode } from 'preact';
import { Fragment } from 'preact';

/** A name that breaks where its words end: snake_case and paths have no spaces to break at. */
export function Breakable({ name }: { name: string }): VNode {
  return (
    <>
      {name.split(/(?<=[_/.])/).map((part, at) => (
        <Fragment key={at}>
          {part}
          <wbr />
        </Fragment>
      ))}
    </>
  );
}
