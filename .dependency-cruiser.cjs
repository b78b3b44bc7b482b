const { groups } = require('./scripts/layout/groups.cjs');

const server = '^packages/server/src';
const tests = '\\.test\\.ts$|/testing\\.ts$';

const domains = '(import-export|authentication|sites|identity|sessions|log)';
const folder = (names) => `${server}/(${[names].flat().join('|')})(/|$)`.replaceAll('main.ts', 'main\\.ts');

/** One rule for each group: nothing above it, but for types. */
const downwards = groups.slice(1).map((group, index) => ({
  name: `${group}-imports-downwards`,
  comment: 'Values come from the same group or one below it; a type may refer to one above.',
  severity: 'error',
  from: { path: folder(group), pathNot: tests },
  to: { path: folder(groups.slice(0, index + 1)), dependencyTypesNot: ['type-only'] },
}));

/** Who may import whom: see docs/development/architecture.md. */
module.exports = {
  forbidden: [
    ...downwards,
    {
      name: 'no-cycles',
      comment:
        'A cycle means that two files cannot be understood one after the other. Types may refer to each other.',
      severity: 'error',
      from: { path: '^packages' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'verify-imports-nothing',
      comment: 'The verifier is embedded by other services: it has no dependencies.',
      severity: 'error',
      from: { path: '^packages/verify/src', pathNot: tests },
      to: { pathNot: ['^packages/verify/src'], dependencyTypesNot: ['core', 'type-only'] },
    },
    {
      name: 'kernel-and-domains-import-no-package',
      comment: 'What a domain needs from outside comes in through its context.',
      severity: 'error',
      from: { path: [folder('kernel'), folder(domains)], pathNot: tests },
      to: {
        pathNot: [server, '^packages/verify/src/internal\\.ts$'],
        dependencyTypesNot: ['core', 'type-only'],
      },
    },
    {
      name: 'ports-import-types-only',
      comment: 'A port is told in types.',
      severity: 'error',
      from: { path: `${server}/.*/store\\.ts$`, pathNot: folder('adapters') },
      to: { dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'adapters-know-types-only',
      comment: 'Adapters implement ports: of everything but the kernel they know the types.',
      severity: 'error',
      from: { path: folder('adapters'), pathNot: tests },
      to: { path: server, pathNot: [folder(['adapters', 'kernel'])], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'only-wiring-imports-adapters',
      comment: 'app/ is where adapters are chosen; the command line names their errors.',
      severity: 'error',
      from: { path: server, pathNot: [folder(['app', 'cli', 'adapters']), tests] },
      to: { path: folder('adapters') },
    },
    {
      name: 'stores-do-not-share-drivers',
      severity: 'error',
      from: { path: `${server}/adapters/store/sqlite/` },
      to: { path: [`${server}/adapters/store/postgres/`, 'node_modules/pg'] },
    },
    {
      name: 'routes-do-not-import-routes',
      severity: 'error',
      from: { path: '[/-]routes\\.ts$' },
      to: { path: '[/-]routes\\.ts$' },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nothing imports is dead, or a way in that should be listed here.',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: [
          tests,
          '\\.d\\.ts$',
          '^packages/[a-z]+/test/',
          '^packages/[a-z]+/(vectors|scripts)/',
          '/(main|index|hash-worker)\\.ts$',
          '/pages/assets/pages\\.js$',
        ],
      },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: {
      path: [
        '/generated/',
        '^packages/[a-z]+/dist/',
        '^packages/[a-z]+/(test|vectors)/',
        '\\.test\\.ts$',
        '/node_modules/.*/node_modules/',
      ],
    },
    // With its default parser it sees no module of this TypeScript version, and finds nothing wrong with that.
    parser: 'swc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
