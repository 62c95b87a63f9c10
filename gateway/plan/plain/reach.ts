import { Kind, type SelectionSetNode } from 'graphql';
import type { SubgraphKnowledge } from './subgraph-knowledge.ts';

/** How a subgraph can be told of an object. */
export interface Reached {
  /** How many others have to be asked before, at least. */
  readonly rank: number;
  /** What the subgraph calls the object. */
  readonly name: string;
  /** What it knows the object by; undefined where the object is the root. */
  readonly key: SelectionSetNode | undefined;
}

/** By subgraph: all that can be told of an object, the nearest first. */
export type Reach = ReadonlyMap<string, Reached>;

interface Start {
  readonly subgraph: string;
  /** What the subgraph calls the object. */
  readonly name: string;
}

/** Makes what works out which subgraphs can be told of an object that one of them gave: by keys whose fields others before them have. */
export function createReach(knowledge: SubgraphKnowledge) {
  const { subgraphs, schema } = knowledge;

  return (object: string, start: Start | undefined): Reach => {
    const found = new Map<string, Reached>();
    if (object === schema.getQueryType()?.name || start === undefined) {
      for (const one of subgraphs) found.set(one, { rank: 0, name: object, key: undefined });
      return found;
    }
    const names = new Map([[start.subgraph, start.name]]);
    for (let rank = 0; ; rank += 1) {
      const next = subgraphs.flatMap((subgraph) => {
        if (found.has(subgraph)) return [];
        const reached = tellOf(subgraph, object, names);
        return reached === undefined ? [] : [[subgraph, { rank, ...reached }] as const];
      });
      if (next.length === 0) return found;
      for (const [subgraph, reached] of next) {
        found.set(subgraph, reached);
        if (!names.has(subgraph)) names.set(subgraph, reached.name);
      }
    }
  };

  function tellOf(subgraph: string, object: string, names: ReadonlyMap<string, string>) {
    for (const name of knowledge.namesOf(subgraph, object)) {
      const key = knowledge.keys(subgraph, name).find((one) => isHad(one, names));
      if (key !== undefined) return { name, key };
    }
    return undefined;
  }

  /** Whether each field of a key is had by one of the subgraphs, with all that is below it. */
  function isHad({ selections }: SelectionSetNode, names: ReadonlyMap<string, string>): boolean {
    return selections.every((one) =>
      [...names].some(([subgraph, name]) => isHadBy({ kind: Kind.SELECTION_SET, selections: [one] }, subgraph, name)),
    );
  }

  function isHadBy({ selections }: SelectionSetNode, subgraph: string, name: string): boolean {
    return selections.every((one) => {
      if (one.kind === Kind.FRAGMENT_SPREAD) return false;
      if (one.kind === Kind.INLINE_FRAGMENT)
        return isHadBy(one.selectionSet, subgraph, one.typeCondition?.name.value ?? name);
      const field = knowledge.field(subgraph, name, one.name.value);
      if (field === undefined || field.isExternal || field.requires !== undefined) return false;
      return one.selectionSet === undefined || isHadBy(one.selectionSet, subgraph, field.type);
    });
  }
}
