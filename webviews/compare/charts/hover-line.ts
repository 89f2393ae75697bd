import { signal } from '@preact/signals';

/** The run that the pointer or the keyboard is on: one for all charts, the table and the legend. */
export const hoverLine = signal<string | null>(null);
