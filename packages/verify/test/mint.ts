export * from '../src/testing/mint.ts';
