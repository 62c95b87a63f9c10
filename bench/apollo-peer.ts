import { readFileSync } from 'node:fs';
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';

// The peer: Apollo Server with @apollo/gateway, in front of the same supergraph, the client's authorization passed on.

interface Context {
  readonly authorization?: string | undefined;
}

const [supergraphPath = '', port = '0'] = process.argv.slice(2);
const gateway = new ApolloGateway({
  supergraphSdl: readFileSync(supergraphPath, 'utf8'),
  buildService: ({ url }) =>
    new RemoteGraphQLDataSource<Context>({
      ...(url === undefined ? {} : { url }),
      willSendRequest: ({ request, context }) => {
        const { authorization } = context as Context;
        if (authorization !== undefined) request.http?.headers.set('authorization', authorization);
      },
    }),
});
const server = new ApolloServer<Context>({ gateway });
await startStandaloneServer(server, {
  listen: { port: Number(port), host: '127.0.0.1' },
  context: async ({ req: { headers } }): Promise<Context> => ({ authorization: headers.authorization }),
});
