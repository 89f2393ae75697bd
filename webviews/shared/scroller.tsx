import type { ComponentChildren, VNode } from 'preact';

/** What may be larger than its place: it scrolls, and the keyboard reaches it too. */
export function Scroller(props: { label: string; class: string; children: ComponentChildren }): VNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys scroll only what has the focus
    <section class={props.class} tabIndex={0} aria-label={props.label}>
      {props.children}
    </section>
  );
}
