import { Kind, type SelectionSetNode } from 'graphql';
import { remembered } from '../../lib/remembered.ts';
import type { FieldSet } from './field-sets.ts';
import { needsNothing, type SubgraphField, type SubgraphKnowledge } from './subgraph-knowledge.ts';

/** How a subgraph can be told of an object. */
export interface Reached {
  /** How many others have to be asked before, at least. */
  readonly rank: number;
  /** What the subgraph calls the object. */
  readonly name: string;
  /** What it knows the object by; undefined where the object is the root. */
  readonly key: FieldSet | undefined;
}

/** By subgraph: all that can be told of an object, the nearest first. */
type Reach = ReadonlyMap<string, Reached>;

/** Who has an object. */
interface Start {
  readonly subgraph: string;
  /** What the subgraph calls the object. */
  readonly name: string;
}

/** A subgraph that has a field of an object, or requires something for it, and can be told of the object. */
export interface Route {
  readonly subgraph: string;
  readonly field: SubgraphField;
  readonly reached: Reached;
  /** A request has to be made. */
  readonly source: undefined;
}

/** Lists the routes to a field of an object that a subgraph gave, the nearest first; without a start, to a field of the root. */
export type Routes = (object: string, name: string, start: Start | undefined) => readonly Route[];

/** Makes what lists routes; it remembers them. */
export function createRoutes(knowledge: SubgraphKnowledge): Routes {
  const reach = createReach(knowledge);
  const routesFrom = remembered((subgraph) =>
    remembered((name) =>
      remembered((object) => {
        const reached = [...reach(object, subgraph === '' ? undefined : { subgraph, name })];
        return remembered((field) => reached.flatMap((one) => routeTo(one, field)));
      }),
    ),
  );

  function routeTo([subgraph, reached]: readonly [string, Reached], name: string): readonly Route[] {
    const field = knowledge.field(subgraph, reached.name, name);
    return field === undefined || field.isExternal ? [] : [{ subgraph, field, reached, source: undefined }];
  }

  return (object, name, start) => routesFrom(start?.subgraph ?? '')(start?.name ?? '')(object)(name);
}

/** Makes what works out which subgraphs can be told of an object that one of them gave: by keys whose fields others before them have. */
function createReach(knowledge: SubgraphKnowledge) {
  const { subgraphs, schema } = knowledge;
  const knowersOf = remembered((object) =>
    subgraphs.filter((subgraph) => knowledge.namesOf(subgraph, object).length > 0),
  );

  return (object: string, start: Start | undefined): Reach => {
    const found = new Map<string, Reached>();
    if (object === schema.getQueryType()?.name || start === undefined) {
      for (const one of subgraphs) found.set(one, { rank: 0, name: object, key: undefined });
      return found;
    }
    const names = new Map([[start.subgraph, start.name]]);
    for (let rank = 0; ; rank += 1) {
      const next = knowersOf(object).flatMap((subgraph) => {
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
      const key = knowledge.keys(subgraph, name).find(({ selectionSet }) => isHad(selectionSet, names));
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
      if (field === undefined || field.isExternal || !needsNothing(field)) return false;
      return one.selectionSet === undefined || isHadBy(one.selectionSet, subgraph, field.type);
    });
  }
}
