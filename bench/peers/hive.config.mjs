// The peer: Hive Gateway, with sharing of identical requests in flight, and the client's authorization passed on. What measures,
// reports or protects beyond what the other gateways do is off.
export const gatewayConfig = {
  logging: 'error',
  graphiql: false,
  landingPage: false,
  inboundInflightRequestDeduplication: true,
  propagateHeaders: {
    fromClientToSubgraphs: ({ request }) => {
      const authorization = request.headers.get('authorization');
      return authorization === null ? {} : { authorization };
    },
  },
};
