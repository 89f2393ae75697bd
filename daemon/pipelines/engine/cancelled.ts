/** Why a step goes no further, in words. */
export class Cancelled extends Error {}
