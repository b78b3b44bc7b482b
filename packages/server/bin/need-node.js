/** The first version of Node that can run Latchkey. */
const needed = 26;

/**
 * Whether this Node can run Latchkey. If not, says so in a sentence, and has the process end with 2. Any version of Node
 * can read this file.
 */
export function hasNode() {
  const { node } = process.versions;
  if (Number(node.split('.')[0]) >= needed) return true;
  console.error(
    `Latchkey needs Node ${needed} or later, and ${process.execPath} is ${node}. In a checkout, npm ci brings the right one: use npm start, npx latchkey, or node_modules/.bin/node.`,
  );
  process.exitCode = 2;
  return false;
}
