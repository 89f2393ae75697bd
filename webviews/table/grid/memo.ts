import type { ComponentChild } from 'preact';
import { Component } from 'preact';

/** A component that is drawn again only when one of its properties is another. It may have no hooks. */
export function memo<Props extends object>(draw: (props: Props) => ComponentChild) {
  return class extends Component<Props> {
    override shouldComponentUpdate(next: Props): boolean {
      const before = this.props;
      return (Object.keys(next) as (keyof Props)[]).some((name) => next[name] !== before[name]);
    }

    override render(): ComponentChild {
      return draw(this.props as Props);
    }
  };
}
