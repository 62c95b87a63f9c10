import { isInterfaceType, isObjectType, Kind, type ConstDirectiveNode, type GraphQLSchema } from 'graphql';

/** The labels of the progressive overrides of a supergraph (`@override(label: …)`), each once. */
export function overrideLabels(schema: GraphQLSchema): readonly string[] {
  const fields = Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [],
  );
  const directives = fields.flatMap(({ astNode }) => astNode?.directives ?? []);
  return [...new Set(directives.flatMap(labelOf))];
}

/** The `n` of the label `percent(n)`; undefined for any other label, which nobody here switches on. */
export function percentageOf(label: string): number | undefined {
  const [, number] = /^percent\((\d{1,3}(?:\.\d+)?)\)$/.exec(label) ?? [];
  return number === undefined ? undefined : Number(number);
}

function labelOf({ name, arguments: given = [] }: ConstDirectiveNode): readonly string[] {
  const value = given.find((one) => one.name.value === 'overrideLabel')?.value;
  return name.value === 'join__field' && value?.kind === Kind.STRING ? [value.value] : [];
}
