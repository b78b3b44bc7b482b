const nouns =
  '(accounts|passwords|roles|sessions|sites|settings|email-settings|invitations|codes|mails|services|revocations|verifiers|keys|auth|transfers)';
const adapters = '^packages/server/src/(store|smtp|events|crypto)/';
const tests = '\\.test\\.ts$';

/** Who may import whom: see docs/development/architecture.md. */
module.exports = {
  forbidden: [
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
      name: 'kernel-imports-no-package',
      comment: 'The kernel is what everything else is told in terms of.',
      severity: 'error',
      from: { path: '^packages/server/src/kernel/', pathNot: tests },
      to: { pathNot: ['^packages/server/src/kernel/'], dependencyTypesNot: ['core', 'type-only'] },
    },
    {
      name: 'rules-import-the-kernel-alone',
      comment: "A noun's type and rules, and its port, know no package, no adapter and no operation.",
      severity: 'error',
      from: {
        path: `^packages/server/src/${nouns}/(store|account|password|role|session|site|settings|service|entry|verifier|email-settings|invitation|code|mail)\\.ts$`,
      },
      to: {
        pathNot: ['^packages/server/src/kernel/'],
        dependencyTypesNot: ['core', 'type-only'],
      },
    },
    {
      name: 'operations-know-no-adapter',
      comment: 'What an operation needs from outside comes in through its context.',
      severity: 'error',
      from: {
        path: `^packages/server/src/${nouns}/`,
        pathNot: [tests, '/(routes|schemas|[a-z-]+-(routes|json|answer|queries))\\.ts$'],
      },
      to: { path: ['^packages/server/src/http/', adapters, '^packages/server/src/cli/', 'node_modules'] },
    },
    {
      name: 'routes-know-no-store',
      comment: 'Routes translate: rules are in operations.',
      severity: 'error',
      from: { path: `^packages/server/src/${nouns}/(routes|[a-z-]+-(routes|json|answer|queries))\\.ts$` },
      to: { path: [adapters, '^packages/server/src/cli/'] },
    },
    {
      name: 'routes-do-not-import-routes',
      severity: 'error',
      from: { path: '[/-]routes\\.ts$' },
      to: { path: '[/-]routes\\.ts$' },
    },
    {
      name: 'adapters-know-no-operation',
      comment: 'Adapters implement ports: they know types and ports alone.',
      severity: 'error',
      from: { path: adapters, pathNot: tests },
      to: {
        path: [`^packages/server/src/${nouns}/[a-z]+-[a-z-]+\\.ts$`, '^packages/server/src/(http|cli)/'],
        pathNot: '/email-settings\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'stores-do-not-share-drivers',
      severity: 'error',
      from: { path: '^packages/server/src/store/sqlite/' },
      to: { path: ['^packages/server/src/store/postgres/', 'node_modules/pg'] },
    },
    {
      name: 'only-the-command-line-imports-the-app',
      comment: 'app.ts and open-context.ts are the files that know which adapters are used.',
      severity: 'error',
      from: { path: '^packages/server/src/', pathNot: ['^packages/server/src/(cli/|app\\.ts$)', tests] },
      to: { path: '^packages/server/src/(app|open-context)\\.ts$' },
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
          '/pages/pages\\.js$',
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
