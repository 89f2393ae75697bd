/** Where our own HTTP interface lives. MLflow's stays where its client looks for it. */
export const APP_PREFIX = '/api/crisol/v1';
