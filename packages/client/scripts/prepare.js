/**
 * The `prepare` script of the checkout, which `npm ci` ends with: makes the client's types of the API. An installation
 * that only runs the server (`npm ci --omit=dev`) has no generator, and one whose npm runs no install scripts perhaps no
 * Node that runs TypeScript. So this file is JavaScript, and skips the work with a reason.
 */
const reason = whyNot();
if (reason === undefined) await import('./generate.ts');
else console.log(`The types of @latchkey/client are not made: ${reason}. The server runs without them.`);

function whyNot() {
  try {
    import.meta.resolve('openapi-typescript');
  } catch {
    return 'dev dependencies are not installed';
  }
  if (!process.features.typescript) return `Node ${process.versions.node} does not run TypeScript`;
}
