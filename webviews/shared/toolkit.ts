import { DOM } from '@microsoft/fast-element';
import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeDropdown,
  vsCodeOption,
  vsCodePanels,
  vsCodePanelTab,
  vsCodePanelView,
  vsCodeProgressRing,
  vsCodeTextArea,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';
import type { ComponentChildren, VNode } from 'preact';
import { h, options } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

// The only file that knows the toolkit, whose upstream is archived: to replace it, replace this file.
provideVSCodeDesignSystem().register(
  vsCodeButton(),
  vsCodeCheckbox(),
  vsCodeDropdown(),
  vsCodeOption(),
  vsCodePanels(),
  vsCodePanelTab(),
  vsCodePanelView(),
  vsCodeProgressRing(),
  vsCodeTextArea(),
  vsCodeTextField(),
);

// The toolkit puts off to the next picture how a new element looks; on a busy machine that one is seen. So it is told to do
// at once, before this picture, what the render asked of it.
options.debounceRendering = (render) =>
  queueMicrotask(() => {
    render();
    DOM.processUpdates();
    // and what it has to do once it heard of its children, which it is told right after this
    queueMicrotask(DOM.processUpdates);
  });

/** The tags are no part of Preact's own list, so that their attributes are held by the functions below alone. */
function element(tag: string, attributes: object, ...children: ComponentChildren[]): VNode {
  return h<object>(tag, attributes, ...children);
}

interface Common {
  id?: string;
  class?: string;
  disabled?: boolean;
  title?: string;
  /** for screen readers, where the visible words don't say enough */
  label?: string;
}

export interface ButtonProps extends Common {
  look?: 'primary' | 'secondary' | 'icon';
  pressed?: boolean;
  onPress: () => void;
  children: ComponentChildren;
}

export function Button({ look = 'secondary', pressed, label, onPress, children, ...rest }: ButtonProps): VNode {
  // without a name of its own the toolkit calls a plain button "Icon Button", also one that has words
  const name = label ?? (look === 'icon' && typeof children === 'string' ? children : undefined);
  const attributes = { appearance: look, 'aria-pressed': pressed, 'aria-label': name, onClick: onPress, ...rest };
  return element('vscode-button', attributes, children);
}

export interface FieldProps extends Common {
  value: string;
  placeholder?: string;
  invalid?: boolean;
  onInput: (value: string) => void;
  onKeyDown?: (event: KeyboardEvent) => void;
}

export function TextField(props: FieldProps): VNode {
  return element('vscode-text-field', useFieldAttributes(props));
}

export function TextArea({ rows, ...props }: FieldProps & { rows: number }): VNode {
  return element('vscode-text-area', { ...useFieldAttributes(props), rows, resize: 'vertical' });
}

function useFieldAttributes({ label = '', invalid, onInput, ...rest }: FieldProps) {
  const field = useRef<HTMLElement>(null);
  // once on the page, the toolkit calls every field "Text field": the name has to come after that
  useLayoutEffect(() => field.current?.setAttribute('aria-label', label), [label]);
  return {
    ...rest,
    ref: field,
    'aria-invalid': invalid ? 'true' : null,
    onInput: (event: Event) => onInput((event.target as HTMLInputElement).value),
  };
}

export interface Choice {
  value: string;
  text: string;
}

export interface DropdownProps extends Common {
  value: string;
  choices: Choice[];
  onChoose: (value: string) => void;
}

export function Dropdown({ value, choices, label, onChoose, ...rest }: DropdownProps): VNode {
  const field = useRef<HTMLSelectElement>(null);
  // choices that come later may stand before the chosen one: once it knows them, the toolkit is told again which that is
  useLayoutEffect(() => {
    queueMicrotask(() => {
      DOM.processUpdates();
      if (field.current && field.current.value !== value) field.current.value = value;
    });
  }, [value, choices]);
  const options = choices.map((choice) =>
    h('vscode-option', { key: choice.value, value: choice.value, selected: choice.value === value }, choice.text),
  );
  const onChange = (event: Event) => onChoose((event.target as HTMLSelectElement).value);
  return element('vscode-dropdown', { ...rest, ref: field, value, 'aria-label': label, onChange }, options);
}

export interface CheckboxProps extends Common {
  checked: boolean;
  onToggle: (checked: boolean) => void;
  children: ComponentChildren;
}

export function Checkbox({ checked, label, onToggle, children, ...rest }: CheckboxProps): VNode {
  const onChange = (event: Event) => {
    const now = (event.target as HTMLInputElement).checked;
    if (now !== checked) onToggle(now);
  };
  return element('vscode-checkbox', { ...rest, checked, 'aria-label': label, onChange }, tick(), children);
}

/** The toolkit's own tick is read aloud as a picture without a name. */
function tick(): VNode {
  const picture = { slot: 'checked-indicator', class: 'tick', viewBox: '0 0 16 16', 'aria-hidden': 'true' };
  return element('svg', picture, h('path', { d: 'M2.5 8.5l3.5 4.5 7.5-9.5', fill: 'none', stroke: 'currentColor' }));
}

export interface Tab {
  id: string;
  title: string;
  content: () => ComponentChildren;
}

/** Only the open tab's content exists. */
export function Tabs(props: { label: string; tabs: Tab[]; open: string; onOpen: (id: string) => void }): VNode {
  const open = props.tabs.some(({ id }) => id === props.open) ? props.open : props.tabs[0]?.id;
  const onChange = (event: Event) => {
    const id = (event.target as Element & { activeid?: string }).activeid?.slice('tab-'.length);
    if (id !== undefined && id !== open && props.tabs.some((tab) => tab.id === id)) props.onOpen(id);
  };
  // in a narrow panel it may lie beyond the edge
  useLayoutEffect(() => {
    document.getElementById(`tab-${open}`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [open]);
  const heads = props.tabs.map(({ id, title }) => h('vscode-panel-tab', { key: `tab-${id}`, id: `tab-${id}` }, title));
  const views = props.tabs.map(({ id, content }) =>
    h('vscode-panel-view', { key: `view-${id}`, id: `view-${id}` }, id === open ? content() : null),
  );
  return element('vscode-panels', { activeid: `tab-${open}`, 'aria-label': props.label, onChange }, [
    ...heads,
    ...views,
  ]);
}

/** Turns while something is awaited; the words beside it say what. */
export function ProgressRing(): VNode {
  return element('vscode-progress-ring', { 'aria-hidden': 'true' });
}
