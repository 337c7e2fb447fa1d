// Jest over ES modules in TypeScript: run it with NODE_OPTIONS=--experimental-vm-modules.
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.jest.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/strip-types.js' },
  // TypeScript's imports name the file that will be.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
}
