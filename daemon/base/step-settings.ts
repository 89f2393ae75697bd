/** Where a built-in step finds its settings, as JSON. */
export const SETTINGS_VARIABLE = 'CRISOL_STEP_SETTINGS';
