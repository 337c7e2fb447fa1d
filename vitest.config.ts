import { defineConfig } from 'vitest/config'

// The AWS SDK prints seven lines on Node 20 in every process unless this is set before a client is made.
const env = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' }

export default defineConfig({
  test: {
    // One value for all projects: vitest refuses a differing one.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          env,
          include: ['{packages,examples}/*/test/**/*.test.ts'],
          exclude: ['**/*.engine.test.ts'],
        },
      },
      {
        test: {
          name: 'types',
          include: [],
          typecheck: {
            enabled: true,
            only: true,
            checker: 'tsc',
            include: ['packages/*/test/**/*.test-d.ts'],
            tsconfig: './tsconfig.json',
          },
        },
      },
      { test: { name: 'architecture', include: ['test/**/*.test.ts'] } },
      {
        test: {
          name: 'engine',
          env,
          include: ['{packages,examples}/*/test/**/*.engine.test.ts'],
          globalSetup: ['./packages/testing/src/vitest/setup.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
