import { Kind, type FieldNode, type OperationDefinitionNode, type SelectionNode } from 'graphql';
import { responseKeyOf } from '../../lib/response-key.ts';
import type { ContextLookup } from '../compiled-plan.ts';
import { wayToValue, type FieldArgument } from '../contextual-fields.ts';
import { NoPlan } from '../no-plan.ts';
import type { Asking, Bring } from './bring.ts';
import type { Place } from './place.ts';
import type { TakenFromAbove } from './plain-request.ts';
import type { SubgraphKnowledge } from './subgraph-knowledge.ts';
import { variableNameUnlike } from './variable-name.ts';
import { ANYBODY } from './way.ts';

interface About {
  readonly knowledge: SubgraphKnowledge;
  readonly operation: OperationDefinitionNode;
  readonly bring: Bring;
  /** Asks what the objects of a place are. */
  readonly askType: (place: Place, asking: Asking) => void;
}

/** Makes what finds the objects above a place from which the arguments of a field take their values (`@fromContext`), and asks for these. */
export function createContextLookups({ knowledge, operation, bring, askType }: About) {
  const prefix = variableNameUnlike(operation, 'contextualArgument');

  /** The nearest of the objects counts that give the context its values. Throws where there may be none. */
  function lookupsFor(place: Place, argument: FieldArgument, asking: Asking): readonly ContextLookup[] {
    const holders = knowledge.holdersOf(argument.context);
    const lookups: ContextLookup[] = [];
    let levels = 0;
    for (let { above, from } = place; above !== undefined; { above, from } = above) {
      levels += 1;
      const meant = [...from].filter((one) => holders.has(one));
      if (meant.length === 0) continue;
      const isOnly = above.objects.size === 1 && above.unknownAs === undefined;
      if (!isOnly) {
        above.base?.selection.addType();
        askType(above, asking);
      }
      for (const { way, keys, types } of byWay(argument, meant)) {
        bring(above, selectionsOf(way), { objects: types, limits: ANYBODY, ...asking });
        lookups.push({ levels, types: isOnly ? undefined : types, keys });
      }
      if (meant.length === from.size) return lookups;
    }
    throw new NoPlan(
      'none found',
      `a plan for "${argument.name}" where the context "${argument.context}" may be missing`,
    );
  }

  return {
    /** What a request for a field of objects at a place takes from above. */
    takenFor(place: Place, fieldArguments: readonly FieldArgument[], asking: Asking): TakenFromAbove | undefined {
      if (fieldArguments.length === 0) return undefined;
      const values = fieldArguments.map((argument, index) => ({
        variable: nameOf(index),
        type: argument.type,
        lookups: lookupsFor(place, argument, asking),
      }));
      return { text: textOf(fieldArguments), values };
    },
    /** A field with the arguments that it takes from above. */
    withArguments(field: FieldNode, fieldArguments: readonly FieldArgument[]): FieldNode {
      if (fieldArguments.length === 0) return field;
      const taken = fieldArguments.map(({ name }, index) => variableArgument(name, nameOf(index)));
      return { ...field, arguments: [...(field.arguments ?? []), ...taken] };
    },
  };

  function nameOf(index: number): string {
    return `${prefix}_${index}`;
  }
}

/** Equal for arguments that are taken alike, whatever they are called. */
export function textOf(fieldArguments: readonly FieldArgument[]): string {
  return fieldArguments.map(({ type, context, selection }) => `${type} ${context} ${selection}`).join('; ');
}

interface WayToValue {
  readonly way: readonly FieldNode[];
  readonly keys: readonly string[];
  readonly types: Set<string>;
}

/** Objects for which the value is found in one way. */
function byWay(argument: FieldArgument, objects: readonly string[]) {
  const groups = new Map<string, WayToValue>();
  for (const object of objects) {
    const way = wayToValue(argument, object);
    if (way === undefined)
      throw new NoPlan('none found', `a plan for the context "${argument.context}" of ${object} cannot be made`);
    const keys = way.map(responseKeyOf);
    const text = keys.join();
    const group = groups.get(text) ?? { way, keys, types: new Set() };
    groups.set(text, group);
    group.types.add(object);
  }
  return groups.values();
}

function selectionsOf([field, ...others]: readonly FieldNode[]): readonly SelectionNode[] {
  if (field === undefined) return [];
  if (others.length === 0) return [field];
  return [{ ...field, selectionSet: { kind: Kind.SELECTION_SET, selections: selectionsOf(others) } }];
}

function variableArgument(name: string, variable: string): NonNullable<FieldNode['arguments']>[number] {
  const value = { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: variable } } as const;
  return { kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: name }, value };
}
