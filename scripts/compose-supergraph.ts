import { dirname, join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { parse as parseGraphql } from 'graphql';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';

const SupergraphConfig = z.object({
  subgraphs: z.record(z.string(), z.object({ routing_url: z.url(), schema: z.object({ file: z.string() }) })),
});

export type Composed =
  | { readonly kind: 'composed'; readonly supergraphSdl: string; readonly hints: readonly string[] }
  | { readonly kind: 'failed'; readonly errors: readonly string[] };

/**
 * Composes the supergraph that a file in the format of Rover's `supergraph.yaml` describes; schema files stand relative to it.
 * Composition errors come back as values, each naming its subgraph; a file that cannot be read or parsed throws.
 */
export async function composeSupergraph(
  configPath: string,
  read: (path: string) => Promise<string>,
): Promise<Composed> {
  const config = SupergraphConfig.parse(parseYaml(await read(configPath)));
  const services = await Promise.all(
    Object.entries(config.subgraphs).map(async ([name, { routing_url: url, schema }]) => ({
      name,
      url,
      typeDefs: parseGraphql(await read(join(dirname(configPath), schema.file))),
    })),
  );
  const result = composeServices(services);
  if (result.errors !== undefined) return { kind: 'failed', errors: result.errors.map(({ message }) => message) };
  return {
    kind: 'composed',
    supergraphSdl: `${result.supergraphSdl}\n`,
    hints: result.hints.map((hint) => hint.toString()),
  };
}
