import { defineConfig } from 'vitest/config'

// The AWS SDK prints seven lines on Node 20 in every process unless this is set before a client is made.
const env = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' }

// A folder of node_modules with another version of the SDK: `pnpm test:oldest-sdk` names it.
const sdk = process.env['KEYLOOM_SDK_MODULES']
const alias =
  sdk === undefined
    ? {}
    : Object.fromEntries(
        ['client-dynamodb', 'lib-dynamodb'].map((name) => [`@aws-sdk/${name}`, `${sdk}/@aws-sdk/${name}`]),
      )

export default defineConfig({
  test: {
    // One value for all projects: vitest refuses a differing one.
    maxWorkers: 2,
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          env,
          // A bound on what hangs, not on what is slow: figures run thousands of cases, also on a busy machine.
          testTimeout: 60_000,
          include: ['{packages,examples}/*/test/**/*.test.ts'],
          // An older SDK has no fast way: what is sent through it is tested by all the other files.
          exclude: ['**/*.engine.test.ts', ...(sdk === undefined ? [] : ['**/channel.test.ts'])],
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
      // They read and compile the whole tree, which takes its time on a busy machine.
      { test: { name: 'architecture', include: ['test/**/*.test.ts'], testTimeout: 60_000 } },
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
