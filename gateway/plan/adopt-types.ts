import {
  Kind,
  type ConstDirectiveNode,
  type FieldDefinitionNode,
  type ObjectTypeDefinitionNode,
  type TypeDefinitionNode,
} from 'graphql';
import { join, joinDirective, namedType, text } from './join-directives.ts';

/** Makes subgraphs members of types, as a planner sees them. `types` are those of a supergraph, by their names. */
export function createAdoption(types: ReadonlyMap<string, TypeDefinitionNode>) {
  const changed = new Map(types);

  /** Makes an object type a member of an interface or union in a subgraph; returns the object types that are new to the subgraph. */
  function joinMember(graph: string, abstractType: string, member: string): readonly string[] {
    const adopted: string[] = [];
    adopt(graph, member, adopted);
    const type = changed.get(abstractType);
    const object = changed.get(member);
    if (type?.kind === Kind.UNION_TYPE_DEFINITION)
      changed.set(abstractType, withDirective(type, joinDirective('unionMember', graph, { member })));
    if (type?.kind === Kind.INTERFACE_TYPE_DEFINITION && object?.kind === Kind.OBJECT_TYPE_DEFINITION)
      changed.set(member, implementing(object, graph, [abstractType, ...interfacesOf(type, graph)]));
    return adopted;
  }

  /** Gives a subgraph a type with everything that it leads to; false where it leads to an abstract type that the subgraph lacks. */
  function adopt(graph: string, name: string, adopted: string[]): boolean {
    const type = changed.get(name);
    if (type === undefined || isIn(type, graph)) return true;
    switch (type.kind) {
      case Kind.INTERFACE_TYPE_DEFINITION:
      case Kind.UNION_TYPE_DEFINITION:
        return false;
      case Kind.SCALAR_TYPE_DEFINITION:
        changed.set(name, withDirective(type, joinDirective('type', graph)));
        return true;
      case Kind.ENUM_TYPE_DEFINITION: {
        const values = type.values?.map((value) => withDirective(value, joinDirective('enumValue', graph)));
        changed.set(name, withDirective({ ...type, ...(values && { values }) }, joinDirective('type', graph)));
        return true;
      }
      case Kind.INPUT_OBJECT_TYPE_DEFINITION: {
        const fields = type.fields?.map((field) =>
          join(field.directives, 'field').length === 0 ? field : withDirective(field, joinDirective('field', graph)),
        );
        changed.set(name, withDirective({ ...type, ...(fields && { fields }) }, joinDirective('type', graph)));
        return (type.fields ?? []).every((field) => adopt(graph, namedType(field.type), adopted));
      }
      case Kind.OBJECT_TYPE_DEFINITION:
        adopted.push(name);
        adoptObject(graph, type, adopted);
        return true;
    }
  }

  function adoptObject(graph: string, type: ObjectTypeDefinitionNode, adopted: string[]): void {
    const before = new Set(join(type.directives, 'type').flatMap((one) => text(one, 'graph') ?? []));
    changed.set(type.name.value, withDirective(type, joinDirective('type', graph)));
    const fields = type.fields?.map((field): FieldDefinitionNode => {
      const isJoined = join(field.directives, 'field').length > 0;
      const own = isJoined ? [] : [...before].map((one) => joinDirective('field', one));
      const leadsTo = [field.type, ...(field.arguments ?? []).map((argument) => argument.type)].map(namedType);
      const isAdoptable = leadsTo.map((one) => adopt(graph, one, adopted)).every(Boolean);
      const added = isAdoptable ? [joinDirective('field', graph)] : [];
      return { ...field, directives: [...(field.directives ?? []), ...own, ...added] };
    });
    const latest = changed.get(type.name.value);
    if (latest?.kind === Kind.OBJECT_TYPE_DEFINITION && fields) changed.set(type.name.value, { ...latest, fields });
  }

  return { types: changed as ReadonlyMap<string, TypeDefinitionNode>, join: joinMember };
}

function isIn(type: TypeDefinitionNode, graph: string): boolean {
  const joined = join(type.directives, 'type');
  return joined.length === 0 || joined.some((one) => text(one, 'graph') === graph);
}

function interfacesOf(type: TypeDefinitionNode, graph: string): readonly string[] {
  return join(type.directives, 'implements').flatMap((one) =>
    text(one, 'graph') === graph ? (text(one, 'interface') ?? []) : [],
  );
}

function implementing(
  type: ObjectTypeDefinitionNode,
  graph: string,
  names: readonly string[],
): ObjectTypeDefinitionNode {
  const known = new Set(interfacesOf(type, graph));
  const added = names
    .filter((name) => !known.has(name))
    .map((name) => joinDirective('implements', graph, { interface: name }));
  const declared = new Set(type.interfaces?.map(({ name }) => name.value));
  const interfaces = [
    ...(type.interfaces ?? []),
    ...names
      .filter((name) => !declared.has(name))
      .map((value) => ({ kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value } }) as const),
  ];
  return { ...type, interfaces, directives: [...(type.directives ?? []), ...added] };
}

function withDirective<Node extends { readonly directives?: readonly ConstDirectiveNode[] }>(
  node: Node,
  directive: ConstDirectiveNode,
): Node {
  return { ...node, directives: [...(node.directives ?? []), directive] };
}
