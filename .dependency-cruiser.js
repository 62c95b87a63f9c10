// Who may import whom. Each rule's comment says what to do instead.
// "Values" are imports that exist at run time: `import type` is free wherever a rule says `notTypeOnly`.

const notTypeOnly = { dependencyTypesNot: ['type-only'] };
const steps =
  'auth|authorize|operation|plan|execute|respond|subscriptions|traffic|supergraph|observability|sandbox|http|config';
const productCode = '^(gateway|subgraphs|platform|wire|events|prisma/seed)/';
const test = '\\.test\\.tsx?$|^test/';
// Named on the command line of the processes, not imported.
const preload = '^platform/exit-with-parent\\.ts$';
const main = '(^|/)(main|[^/]+-main)\\.tsx?$';
// What others build their servers with.
const library = '^gateway/apollo-gateway\\.ts$';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Two files that need each other: move what both need into a third, or pass it as a parameter.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'gateway-and-subgraphs-are-strangers',
      severity: 'error',
      comment: 'They meet over HTTP only. Names that travel between them belong in wire/.',
      from: { path: '^gateway/' },
      to: { path: '^(subgraphs|prisma|platform)/' },
    },
    {
      name: 'subgraphs-and-gateway-are-strangers',
      severity: 'error',
      comment: 'They meet over HTTP only. Names that travel between them belong in wire/.',
      from: { path: '^subgraphs/', pathNot: test },
      to: { path: '^(gateway|platform)/' },
    },
    {
      name: 'wire-imports-nothing-of-ours',
      severity: 'error',
      comment: 'wire/ holds the names that both sides of a connection use: move the code to the side that needs it.',
      from: { path: '^wire/', pathNot: test },
      to: { path: '^(events|gateway|subgraphs|platform|prisma|test|scripts)/' },
    },
    {
      name: 'events-know-the-wire-only',
      severity: 'error',
      comment: 'events/ carries whatever it is given: who publishes and who listens are parameters.',
      from: { path: '^events/', pathNot: test },
      to: { path: '^(gateway|subgraphs|platform|prisma|test|scripts)/' },
    },
    {
      name: 'subgraph-imports-no-other-subgraph',
      severity: 'error',
      comment: 'Reference the other type by its @key, or listen to its events; code for all goes to subgraphs/shared/.',
      from: { path: '^subgraphs/([^/]+)/', pathNot: '^subgraphs/shared/' },
      to: { path: '^subgraphs/([^/]+)/', pathNot: ['^subgraphs/$1/', '^subgraphs/shared/'] },
    },
    {
      name: 'shared-knows-no-subgraph',
      severity: 'error',
      comment: 'subgraphs/shared/ is what they build on: take what you need as a parameter.',
      from: { path: '^subgraphs/shared/', pathNot: test },
      to: { path: '^subgraphs/', pathNot: '^subgraphs/shared/' },
    },
    {
      name: 'steps-are-siblings',
      severity: 'error',
      comment: 'Steps meet in gateway/build.ts: take the other step, or its result, as a parameter (import its type).',
      from: { path: `^gateway/(${steps})/`, pathNot: test },
      to: { path: `^gateway/(${steps})/`, pathNot: '^gateway/$1/', ...notTypeOnly },
    },
    {
      name: 'only-main-and-build-construct',
      severity: 'error',
      comment: 'main.ts -> build.ts -> steps: nothing below may import build.ts, pipeline.ts or main.ts.',
      from: { path: '^gateway/', pathNot: ['^gateway/[^/]+\\.ts$', test] },
      to: { path: '^gateway/(main|build|pipeline)\\.ts$', ...notTypeOnly },
    },
    {
      name: 'lib-and-errors-are-the-floor',
      severity: 'error',
      comment: 'gateway/lib and gateway/errors know nothing of requests: take what you need as a parameter.',
      from: { path: '^gateway/(lib|errors)/', pathNot: test },
      to: { path: '^gateway/', pathNot: '^gateway/(lib|errors)/', ...notTypeOnly },
    },
    {
      name: 'lib-is-below-errors',
      severity: 'error',
      comment:
        'gateway/lib is the lowest layer: throw a plain error, or return a value, and let the caller name its code.',
      from: { path: '^gateway/lib/', pathNot: test },
      to: { path: '^gateway/errors/', ...notTypeOnly },
    },
    {
      name: 'prisma-only-in-stores',
      severity: 'error',
      comment: "Queries belong in the subgraph's store.ts (or store-<family>.ts): call a function of it.",
      from: {
        pathNot: [
          '^subgraphs/[^/]+/store\\.ts$',
          '^subgraphs/[^/]+/store-[^/]+\\.ts$',
          '^subgraphs/shared/database[^/]*\\.ts$',
          '^(prisma|scripts)/',
          test,
        ],
      },
      to: { path: '^prisma/[^/]+/generated/|node_modules/@prisma/(client|adapter-pg)/' },
    },
    {
      name: 'one-door-for-outgoing-http',
      severity: 'error',
      comment:
        'Outgoing requests go through gateway/execute/subgraph-client, gateway/subscriptions/upstream, gateway/supergraph or gateway/auth.',
      from: {
        path: '^gateway/',
        pathNot: [
          '^gateway/execute/subgraph-client[^/]*\\.ts$',
          '^gateway/(subscriptions/upstream|supergraph|auth)/',
          test,
        ],
      },
      to: { path: 'node_modules/undici/', ...notTypeOnly },
    },
    {
      name: 'one-door-for-outgoing-sockets',
      severity: 'error',
      comment:
        'Bare sockets are opened in gateway/execute/exchange/connection.ts alone: send a request through the subgraph client.',
      from: {
        path: '^gateway/',
        pathNot: ['^gateway/execute/exchange/connection\\.ts$', '^gateway/http/client-address\\.ts$', test],
      },
      to: { path: '^(net|tls)$', ...notTypeOnly },
    },
    {
      name: 'one-door-for-redis',
      severity: 'error',
      comment: 'ioredis slows the whole process down unless events/redis-client.ts loads it: make a client there.',
      from: { pathNot: ['^events/redis-client\\.ts$', test] },
      to: { path: 'node_modules/ioredis/', ...notTypeOnly },
    },
    {
      name: 'one-door-for-graphql-shield',
      severity: 'error',
      comment: 'Node.js 23 and later cannot load graphql-shield as a module: import it from wire/graphql-shield.ts.',
      from: { pathNot: '^wire/graphql-shield\\.ts$' },
      to: { path: 'node_modules/graphql-(shield|middleware)/', ...notTypeOnly },
    },
    {
      name: 'platform-starts-processes-only',
      severity: 'error',
      comment: 'The platform starts the gateway and the subgraphs as processes: give them settings, not calls.',
      from: { path: '^platform/', pathNot: test },
      to: { path: '^(gateway|subgraphs)/', ...notTypeOnly },
    },
    {
      name: 'product-code-does-not-use-tests',
      severity: 'error',
      comment: 'Code that ships may not lean on test support: move it to where it is used.',
      from: { path: productCode, pathNot: test },
      to: { path: test },
    },
    {
      name: 'no-dead-files',
      severity: 'error',
      comment: 'No main file, script or configuration reaches this file: use it or delete it.',
      from: {
        path: [main, library, '^scripts/', '^[^/]+\\.(ts|js|mjs)$', '^bench/', preload],
      },
      to: { path: productCode, pathNot: [test, main, library, preload, '/generated/', '\\.d\\.ts$'], reachable: false },
    },
    {
      name: 'no-dead-test-support',
      severity: 'error',
      comment: 'No test reaches this file: use it or delete it.',
      from: {
        path: '\\.test\\.tsx?$|^jest\\.config\\.js$|^test/support/(global|summary|longest)|^test/[^/]*-main\\.ts$',
      },
      to: {
        path: '^test/',
        pathNot: ['\\.test\\.tsx?$', '^test/support/(global|summary|longest)', '-main\\.ts$', '/fixtures/'],
        reachable: false,
      },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      comment: 'The import leads nowhere: add the file, or the package to package.json.',
      from: {},
      // The package holds types only, and says so in a way that the resolver does not know.
      to: { couldNotResolve: true, pathNot: '^@graphql-typed-document-node/core$' },
    },
    {
      name: 'no-dev-dependency-in-product',
      severity: 'error',
      comment: 'A package that runs in production belongs in "dependencies".',
      from: { path: productCode, pathNot: [test, '^gateway/sandbox/client/', '\\.browser\\.tsx?$'] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: 'node_modules/@types/' },
    },
    {
      name: 'no-undeclared-package',
      severity: 'error',
      comment: 'The package is there by luck (some other package needs it): add it to package.json.',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules|/generated/' },
    // What bench/peers imports is installed on demand.
    exclude: { path: '^(dist|\\.data|coverage|bench/peers)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
    cache: { folder: 'node_modules/.cache/dependency-cruiser', strategy: 'content' },
  },
};
