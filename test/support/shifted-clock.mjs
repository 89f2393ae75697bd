/** Loaded before a program: its wall clock is ahead by so many milliseconds. Timers are as they were. */
const ahead = Number(process.env.TEST_CLOCK_AHEAD_MS);
const now = Date.now;
Date.now = () => now() + ahead;
