// Lint: the strictest typed rules of typescript-eslint, and the rules of the house that lint can hold.
import js from '@eslint/js'
import { defineConfig } from 'eslint/config'
import tseslint from 'typescript-eslint'

const scripts = ['**/*.{js,mjs,cjs}']
const sources = ['packages/*/src/**/*.ts']
const tests = ['packages/*/test/**/*.ts', 'examples/*/test/**/*.ts', 'test/**/*.ts']

const noWaiting = 'Only execution/ awaits: return plain data here, and let execution/ wait for it.'
const waiting = ['AwaitExpression', 'ForOfStatement[await=true]', ':function[async=true]']

export default defineConfig(
  { ignores: ['**/dist/**', '**/coverage/**', '**/node_modules/**', '.ci/**', 'docs/**', 'examples/*/data/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: scripts,
    languageOptions: { globals: { console: 'readonly', process: 'readonly', URL: 'readonly' } },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'hack', 'xxx'] }],
    },
  },
  {
    files: sources,
    rules: {
      'no-console': 'error',
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true, defaultFrom: true } }],
    },
  },
  {
    // Vitest loads a global setup file by its default export.
    files: ['packages/testing/src/vitest/setup.ts'],
    rules: { 'no-restricted-exports': 'off' },
  },
  {
    files: sources,
    ignores: ['packages/*/src/types.ts', 'packages/*/src/types/**'],
    rules: {
      '@typescript-eslint/naming-convention': [
        'error',
        { selector: 'typeParameter', format: ['PascalCase'], custom: { regex: '^.{2,}$', match: true } },
      ],
    },
  },
  {
    // The wiring on top (connect.ts and what stands beside it) may wrap what execution/ returns; definitions may not.
    files: ['packages/core/src/*/**/*.ts', 'packages/core/src/{errors,types,index,table,entity,collection}.ts'],
    ignores: ['packages/core/src/execution/**'],
    rules: {
      'no-restricted-syntax': ['error', ...waiting.map((selector) => ({ selector, message: noWaiting }))],
    },
  },
  {
    files: tests,
    rules: {
      // Tests pass wrong values, bare methods and empty functions on purpose, and assert that nothing is returned.
      '@typescript-eslint/ban-ts-comment': ['error', { minimumDescriptionLength: 3 }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    // A type test states an expression for its type alone.
    files: ['**/*.test-d.ts'],
    rules: {
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-floating-promises': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-unused-vars': 'off',
    },
  },
)
