import {
  Kind,
  OperationTypeNode,
  parse,
  print,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DirectiveNode,
  type GraphQLSchema,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { createRandom, type Random } from '../generate/create-random.ts';
import type { GeneratedOperation } from '../generate/generate-operation.ts';

/** Puts `@defer` on a random operation, at random; the same for the same seed. What it asks for remains the same. */
export function putOff(operation: GeneratedOperation, schema: GraphQLSchema): GeneratedOperation {
  const random = createRandom(operation.seed * 31 + 7);
  const typeInfo = new TypeInfo(schema);
  const conditions = Object.entries(operation.variables).filter(
    ([name, value]) => /^if\d$/.test(name) && value != null,
  );
  let labels = 0;

  const defer = (): DirectiveNode => {
    const label = random.chance(0.3) ? `label: "l${(labels += 1)}"` : '';
    const [condition] = conditions.length === 0 ? [] : random.pick(conditions);
    const drawn = random.chance(0.2)
      ? `if: ${random.chance(0.5) && condition !== undefined ? `$${condition}` : String(random.chance(0.7))}`
      : '';
    const given = [label, drawn].filter((text) => text !== '').join(', ');
    return directiveOf(`@defer${given === '' ? '' : `(${given})`}`);
  };

  const changed = visit(
    parse(operation.query),
    visitWithTypeInfo(typeInfo, {
      [Kind.SELECTION_SET]: {
        leave: (set: SelectionSetNode): SelectionSetNode | undefined => {
          const parent = typeInfo.getParentType();
          if (parent == null || parent === schema.getRootType(OperationTypeNode.MUTATION)) return undefined;
          const selections = set.selections.map((one) =>
            one.kind === Kind.FIELD || !random.chance(0.35)
              ? one
              : { ...one, directives: [...(one.directives ?? []), defer()] },
          );
          return { ...set, selections: random.chance(0.25) ? wrapped(selections, random, defer) : selections };
        },
      },
    }),
  );
  return { ...operation, query: print(changed) };
}

/** Some selections that stand beside each other, in a fragment of their own. */
function wrapped(selections: readonly SelectionNode[], random: Random, defer: () => DirectiveNode): SelectionNode[] {
  const from = random.below(selections.length);
  const to = from + 1 + random.below(selections.length - from);
  const selectionSet = { kind: Kind.SELECTION_SET, selections: selections.slice(from, to) } as const;
  const fragment = { kind: Kind.INLINE_FRAGMENT, directives: [defer()], selectionSet } as const;
  return [...selections.slice(0, from), fragment, ...selections.slice(to)];
}

function directiveOf(text: string): DirectiveNode {
  const [definition] = parse(`{ ... ${text} { a } }`, { noLocation: true }).definitions;
  const selection = definition?.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet.selections[0] : undefined;
  const directive = selection?.directives?.[0];
  if (directive === undefined) throw new Error(`not a directive: ${text}`);
  return directive;
}
