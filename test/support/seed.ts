import fc from 'fast-check';

// CI says of the same code the same each time; everywhere else each run looks at other examples
if (process.env.CI === 'true') fc.configureGlobal({ seed: 20260101 });
