/** Where a built-in step finds its settings, and a notebook its parameters, as JSON. */
export const SETTINGS_VARIABLE = 'CRISOL_STEP_SETTINGS';
