export interface DriftLook {
  onlyDrifted: boolean;
  large: string | null;
}

export const DEFAULT_LOOK: DriftLook = { onlyDrifted: false, large: null };
