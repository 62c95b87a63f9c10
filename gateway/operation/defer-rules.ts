import { GraphQLError, Kind, type ASTVisitor, type DirectiveNode, type ValidationContext } from 'graphql';
import { DEFER_DIRECTIVE } from '../lib/defer-directive.ts';

const { name: DEFER } = DEFER_DIRECTIVE;

/** A client tells deferred fragments apart by their labels, so that no two may be the same, and no variable may decide. */
export function deferLabelsRule(context: ValidationContext): ASTVisitor {
  const known = new Map<string, DirectiveNode>();
  return {
    [Kind.DIRECTIVE]: (directive: DirectiveNode) => {
      const label = argumentOf(directive, 'label');
      if (directive.name.value !== DEFER || label === undefined || label.kind === Kind.NULL) return;
      if (label.kind !== Kind.STRING) {
        refuse(context, 'The label of "@defer" must be written out: it cannot be a variable.', [directive]);
        return;
      }
      const same = known.get(label.value);
      if (same === undefined) known.set(label.value, directive);
      else
        refuse(context, `Two "@defer" have the label "${label.value}": give each a label of its own.`, [
          same,
          directive,
        ]);
    },
  };
}

/** The root fields of a mutation run one after the other, and a subscription has one: neither can be put off. */
export function deferAtRootRule(context: ValidationContext): ASTVisitor {
  const schema = context.getSchema();
  return {
    [Kind.DIRECTIVE]: (directive: DirectiveNode) => {
      if (directive.name.value !== DEFER || isOff(directive)) return;
      const parent = context.getParentType();
      for (const type of [schema.getMutationType(), schema.getSubscriptionType()])
        if (type != null && parent === type)
          refuse(
            context,
            `"@defer" cannot stand at the root of "${type.name}": put it on a fragment within a root field.`,
            [directive],
          );
    },
  };
}

function isOff(directive: DirectiveNode): boolean {
  const value = argumentOf(directive, 'if');
  return value?.kind === Kind.BOOLEAN && !value.value;
}

function argumentOf({ arguments: given = [] }: DirectiveNode, name: string) {
  return given.find((argument) => argument.name.value === name)?.value;
}

function refuse(context: ValidationContext, message: string, nodes: readonly DirectiveNode[]): void {
  context.reportError(new GraphQLError(message, { nodes }));
}
