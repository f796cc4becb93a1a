import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    environment: 'node',
    testTimeout: 120_000,
    // By default one processor is left alone, which is half of two.
    maxWorkers: '100%',
  },
});
