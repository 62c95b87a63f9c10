import { NoPlan } from '../no-plan.ts';
import type { ObjectTypes } from '../object-types.ts';
import type { Asking, Bring } from './bring.ts';
import type { MakeRequest } from './new-request.ts';
import type { Place, Source } from './place.ts';
import type { Section } from './plain-request.ts';
import type { SubgraphKnowledge } from './subgraph-knowledge.ts';

interface About {
  readonly knowledge: SubgraphKnowledge;
  readonly objectTypes: ObjectTypes;
  readonly bring: Bring;
  readonly make: MakeRequest;
}

/** Makes what asks what objects are. */
export function createAskTypes({ knowledge, objectTypes, bring, make }: About) {
  /** What asks the subgraph that has the interface what objects are of which another knows the interface alone. */
  function typedSource(place: Place, section: Section): Source {
    if (place.typed !== undefined) return place.typed;
    const { base, unknownAs = '', objects } = place;
    const owner = knowledge.subgraphs.find(
      (one) => !knowledge.isInterfaceObject(one, unknownAs) && knowledge.keys(one, unknownAs).length > 0,
    );
    const [key] = owner === undefined ? [] : knowledge.keys(owner, unknownAs);
    if (owner === undefined || key === undefined || base === undefined)
      throw new NoPlan('none found', `the plan would ask nobody what objects of ${unknownAs} are`);
    const limits = { tried: new Set<string>(), below: 0 };
    const after = new Set([base.request]);
    bring(place, key.selectionSet.selections, { objects, limits, by: after, section });
    const represented = { types: objectTypes(unknownAs), sets: [key], calledAs: undefined };
    const members = knowledge.members(owner, unknownAs);
    const where = { subgraph: owner, type: unknownAs, members, isVague: true };
    place.typed = make(place, where, { section, represented, taken: undefined, after });
    return place.typed;
  }

  /** What objects are is asked for anyway where a subgraph knows it; where it does not, another has to be asked. */
  function askType(place: Place, { by, section }: Asking): void {
    if (place.unknownAs !== undefined) by.add(typedSource(place, section).request);
  }

  return { typedSource, askType };
}
