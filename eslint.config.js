// Type-checked linting. Warnings are not used: a rule either holds or is not listed.
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const noEnum = {
  selector: 'TSEnumDeclaration',
  message: "Use a union of string literals, e.g. type Status = 'OPEN' | 'CLOSED'.",
};
const noDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Export by name: a name can be searched for, and reads the same everywhere.',
};
const noSkippedTest = {
  selector:
    'CallExpression[callee.object.name=/^(it|test|describe)$/][callee.property.name=/^(skip|only|todo)$/], CallExpression[callee.name=/^(xit|xtest|xdescribe|fit|fdescribe)$/]',
  message: 'A test runs or is deleted.',
};

const settingsInMainOnly = {
  object: 'process',
  property: 'env',
  message: 'Settings are loaded once, in main.ts: take what you need as a parameter.',
};

const browserGlobals = [
  'window',
  'document',
  'localStorage',
  'sessionStorage',
  'location',
  'navigator',
  'name',
  'event',
];

export default defineConfig(
  globalIgnores(['dist', '.data', 'coverage', '**/generated/**', 'node_modules']),

  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'max-depth': ['error', 3],
      'max-params': 'off',
      '@typescript-eslint/max-params': ['error', { max: 4 }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'no-restricted-syntax': ['error', noEnum, noDefaultExport, noSkippedTest],
      'no-restricted-properties': ['error', settingsInMainOnly],
      'no-restricted-globals': ['error', ...browserGlobals],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // A resolver or a port may have to be async before its first await is written (see graphql-shield: a synchronous
      // throw in __resolveReference nulls the whole list).
      '@typescript-eslint/require-await': 'off',
      // Factories return object literals whose methods know no `this`, so that they can be taken apart.
      '@typescript-eslint/unbound-method': 'off',
      // [...text] counts code points, which is what is meant here.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      // The only enums here are those of graphql-js, which stand for the very strings they are compared with.
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
    },
  },

  // Where a process begins, or where a command line tool talks to its user.
  {
    files: [
      '**/main.ts',
      '**/*-main.ts',
      'scripts/**',
      '*.ts',
      'bench/**',
      'prisma/seed/**',
      'platform/**',
      'test/support/**',
    ],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/main.ts', '**/*-main.ts', 'scripts/**', '*.ts', 'bench/**', 'test/**', '**/*.test.ts'],
    rules: { 'no-restricted-properties': 'off' },
  },
  { files: ['*.config.ts', 'codegen.ts'], rules: { 'no-restricted-syntax': ['error', noEnum, noSkippedTest] } },

  {
    files: ['**/*.test.ts', 'test/**'],
    rules: {
      'max-lines-per-function': 'off',
      '@typescript-eslint/max-params': 'off',
    },
  },
  { files: ['gateway/sandbox/**', 'test/browser/**'], rules: { 'no-restricted-globals': 'off' } },

  // Plain JavaScript: configurations and the scripts that must run before anything is built.
  {
    files: ['**/*.js', '**/*.mjs'],
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'no-undef': 'off',
      'no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-var': 'error',
      'prefer-const': 'error',
    },
  },
);
