#!/usr/bin/env node
// Read by whatever Node there is, so that an old one gets a sentence instead of a syntax error.
const [major] = process.versions.node.split('.').map(Number);
if (major < 26) {
  console.error(
    `Latchkey needs Node 26 or later, and this is ${process.versions.node}. In a checkout, npm ci brings it.`,
  );
  process.exitCode = 2;
} else {
  void import('../src/main.ts').then(({ runProcess }) => runProcess());
}
