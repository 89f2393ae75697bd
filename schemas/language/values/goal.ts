export interface Goal {
  direction: 'maximize' | 'minimize';
  metric: string;
}

/** `maximize f1_macro` */
export function parseGoal(text: string): Goal | null {
  const match = /^(maximize|minimize)\s+(\S.*)$/.exec(text.trim());
  return match ? { direction: match[1] as Goal['direction'], metric: match[2] ?? '' } : null;
}
