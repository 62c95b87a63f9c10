import { DirectiveLocation, GraphQLBoolean, GraphQLDirective, GraphQLNonNull, GraphQLString } from 'graphql';

/** `@defer`, as the proposal for incremental delivery had it in August 2022: what Apollo's clients speak. */
export const DEFER_DIRECTIVE = new GraphQLDirective({
  name: 'defer',
  description: 'Lets the answer begin without this fragment, which follows when it is there.',
  locations: [DirectiveLocation.FRAGMENT_SPREAD, DirectiveLocation.INLINE_FRAGMENT],
  args: {
    if: {
      type: new GraphQLNonNull(GraphQLBoolean),
      defaultValue: true,
      description: 'Where this is false, the fragment does not follow: it is part of what it stands in.',
    },
    label: { type: GraphQLString, description: 'Comes with the fragment; unique in the document.' },
  },
});
