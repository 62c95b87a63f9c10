// Run through `npm test` (or `npm test -- PATH`): ES modules in Jest need Node's --experimental-vm-modules.
if (!process.execArgv.concat(process.env.NODE_OPTIONS ?? '').some((flag) => flag.includes('experimental-vm-modules'))) {
  throw new Error('Run the tests with `npm test`, or some of them with `npm test -- PATH`.');
}

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/**/*.test.ts'],
  // Browser tests need a Chromium: `npm run test:browser` runs them.
  testPathIgnorePatterns: [
    '/node_modules/',
    '<rootDir>/dist/',
    '<rootDir>/.data/',
    ...(process.env.TEST_GROUP === 'browser' ? [] : ['<rootDir>/test/browser/']),
  ],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.data/'],
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: {
    '\\.tsx?$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript', tsx: false } } }],
  },
  globalSetup: '<rootDir>/test/support/global-setup.js',
  globalTeardown: '<rootDir>/test/support/global-teardown.js',
  reporters: ['default', '<rootDir>/test/support/summary-reporter.js'],
  testTimeout: 60_000,
  testSequencer: '<rootDir>/test/support/longest-first.js',
  maxWorkers: 2,
};
