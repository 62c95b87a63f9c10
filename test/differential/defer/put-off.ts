import {
  Kind,
  OperationTypeNode,
  parse,
  print,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DirectiveNode,
  type DocumentNode,
  type GraphQLSchema,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { createRandom, type Random } from '../generate/create-random.ts';
import type { GeneratedOperation } from '../generate/generate-operation.ts';

/**
 * Puts `@defer` on a random operation, at random; the same for the same seed. What it asks for remains the same. Of a mutation of several
 * fields, only the last has something put off: what follows later shows what the fields after it have changed, and rightly so.
 */
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

  const document = parse(operation.query);
  const mayDefer = createMayDefer(document);
  const changed = visit(
    document,
    visitWithTypeInfo(typeInfo, {
      [Kind.SELECTION_SET]: {
        leave: (set: SelectionSetNode, _key, _parent, path): SelectionSetNode | undefined => {
          const parent = typeInfo.getParentType();
          if (parent == null || parent === schema.getRootType(OperationTypeNode.MUTATION)) return undefined;
          if (!mayDefer(path)) return undefined;
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

/** Makes what tells whether something may be put off at a place of a document. */
function createMayDefer({ definitions }: DocumentNode): (path: readonly (string | number)[]) => boolean {
  const index = definitions.findIndex((one) => one.kind === Kind.OPERATION_DEFINITION);
  const operation = definitions[index];
  if (operation?.kind !== Kind.OPERATION_DEFINITION || operation.operation !== OperationTypeNode.MUTATION)
    return () => true;
  const { selections } = operation.selectionSet;
  if (selections.length === 1 && selections[0]?.kind === Kind.FIELD) return () => true;
  const last = selections.length - 1;
  return ([, definition, , , selection]) =>
    definition === index && selection === last && selections[last]?.kind === Kind.FIELD;
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
