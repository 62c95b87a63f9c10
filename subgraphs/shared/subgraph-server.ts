import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import { ANONYMOUS, type Identity } from '../../wire/identity.ts';
import { IDENTITY_HEADER, REQUEST_ID_HEADER } from '../../wire/names.ts';
import type { RequestContext } from './context.ts';
import { createErrorFormatter } from './format-error.ts';
import type { VerifyIdentity } from './verify-identity.ts';

export interface SubgraphServerOptions<Context extends RequestContext> {
  /** Guarded already: see `guard`. */
  readonly schema: GraphQLSchema;
  readonly verifyIdentity: VerifyIdentity;
  /** Makes what one request needs, its loaders among it. */
  readonly createContext: (request: RequestContext) => Context;
  /** Resolves when the subgraph can serve, rejects when it cannot, as when its database is away. */
  readonly checkReadiness: () => Promise<unknown>;
  readonly log: Logger;
}

/** A list of some thousand entity representations fits; more is a mistake or an attack. */
const BODY_LIMIT_BYTES = 8 * 1024 * 1024;

/**
 * Serves a subgraph over HTTP: `/graphql` for callers with the gateway's assertion and 401 for all others, `/health/live` and
 * `/health/ready` for everyone. The caller listens and closes; closing waits for the requests in flight.
 */
export async function createSubgraphServer<Context extends RequestContext>(
  options: SubgraphServerOptions<Context>,
): Promise<FastifyInstance> {
  const app = fastify({ bodyLimit: BODY_LIMIT_BYTES, forceCloseConnections: 'idle', requestTimeout: 30_000 });
  const apollo = new ApolloServer<Context>({
    schema: options.schema,
    formatError: createErrorFormatter(options.log),
    includeStacktraceInErrorResponses: false,
    introspection: true,
    stopOnTerminationSignals: false,
    plugins: [ApolloServerPluginInlineTraceDisabled(), ApolloServerPluginLandingPageDisabled()],
  });
  await apollo.start();

  const identities = new WeakMap<FastifyRequest, Identity>();
  app.post(
    '/graphql',
    {
      onRequest: async (request, reply) => {
        const identity = await options.verifyIdentity(headerOf(request, IDENTITY_HEADER));
        if (identity === undefined) return refuse(reply);
        identities.set(request, identity);
      },
    },
    fastifyApolloHandler(apollo, {
      context: async (request) =>
        options.createContext({
          identity: identities.get(request) ?? ANONYMOUS,
          requestId: headerOf(request, REQUEST_ID_HEADER) ?? request.id,
        }),
    }),
  );
  app.get('/health/live', async () => ({ status: 'pass' }));
  app.get('/health/ready', async (_request, reply) => {
    try {
      await options.checkReadiness();
      return { status: 'pass' };
    } catch (error) {
      options.log.warn({ err: error }, 'not ready');
      return reply.code(503).send({ status: 'fail' });
    }
  });
  app.setErrorHandler((error, _request, reply) => {
    options.log.error({ err: error }, 'a request failed');
    const status = statusOf(error);
    return reply
      .code(status)
      .send(errorBody(status < 500 ? 'BAD_USER_INPUT' : 'INTERNAL_SERVER_ERROR', 'The request could not be served.'));
  });
  app.addHook('onClose', () => apollo.stop());
  return app;
}

async function refuse(reply: FastifyReply): Promise<void> {
  await reply.code(401).send(errorBody('UNAUTHENTICATED', 'This service answers only to the gateway.'));
}

function errorBody(code: string, message: string) {
  return { errors: [{ message, extensions: { code } }] };
}

function statusOf(error: unknown): number {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' && status >= 400 ? status : 500;
}

function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}
