import { parse, validate, type GraphQLSchema } from 'graphql';
import { generateOperation, type GeneratedOperation } from '../generate/generate-operation.ts';
import { explains, isBeyondApollo } from '../known-faults.ts';
import type { MadeUpGraph } from '../made-up/made-up-graph.ts';
import { compareAnswers, type Difference } from './compare-answers.ts';
import type { Found } from './report-differences.ts';
import { shrinkOperation } from './shrink-operation.ts';
import { startContestants, type Contestants } from './start-contestants.ts';
import type { Answer } from './start-oracles.ts';

interface Options {
  readonly createGraph: () => MadeUpGraph;
  readonly env: Readonly<Record<string, string>>;
  /** Of the first operation; the others have the numbers after it. */
  readonly seed: number;
  readonly operations: number;
  /** Apollo Gateway, which takes the most time, is asked every so many operations; 0: never. */
  readonly apolloEvery: number;
}

export interface Outcome {
  /** Where ours is not what it must be. */
  readonly wrong: readonly Found[];
  /** Where Apollo Gateway is not, for no reason that is known. */
  readonly unexplained: readonly Found[];
  /** How often Apollo Gateway went wrong for a known reason. */
  readonly explained: Readonly<Record<string, number>>;
  /** How many operations had data in their answer, so that a test can tell that something was compared. */
  readonly answered: number;
}

interface Answers {
  readonly monolith: Answer;
  readonly ours: Answer;
  readonly apollo: Answer | undefined;
}

type Sent = Pick<GeneratedOperation, 'query' | 'variables'>;

const MAX_FOUND = 10;

/** Sends random operations to all, and compares the answers with the monolith's. Ends early when much was found. */
export async function runDifferential(options: Options): Promise<Outcome> {
  const { createGraph, env, seed, operations, apolloEvery } = options;
  const contestants = await startContestants(createGraph, env);
  const { schema, samples } = { schema: contestants.apiSchema, samples: createGraph().samples };
  const wrong: Found[] = [];
  const unexplained: Found[] = [];
  const explained: Record<string, number> = {};
  const isOnApollosPlanner = env['QUERY_PLANNER'] === 'apollo';
  let answered = 0;
  try {
    for (let index = 0; index < operations && wrong.length + unexplained.length < MAX_FOUND; index += 1) {
      const operation = generateOperation({ schema, samples }, seed + index);
      assertValid(operation, schema);
      if (isOnApollosPlanner && isBeyondApollo(operation)) continue;
      const answers = await askAll(
        contestants,
        operation,
        apolloEvery > 0 && index % apolloEvery === 0 && !isBeyondApollo(operation),
      );
      contestants.takeLog();
      if (answers.monolith.data != null) answered += 1;
      if (ofOurs(answers) !== undefined)
        wrong.push(await describe(operation, { contestants, differenceOf: ofOurs, isApolloAsked: false }));
      const difference = ofApollo(answers);
      if (difference === undefined || answers.apollo === undefined) continue;
      const { monolith, apollo } = answers;
      const reason = explains({ operation, difference, monolith, apollo, schema });
      if (reason !== undefined) explained[reason] = (explained[reason] ?? 0) + 1;
      else unexplained.push(await describe(operation, { contestants, differenceOf: ofApollo, isApolloAsked: true }));
    }
  } finally {
    await contestants.stop();
  }
  return { wrong, unexplained, explained, answered };
}

async function askAll(contestants: Contestants, operation: Sent, isApolloAsked: boolean): Promise<Answers> {
  const [monolith, ours, apollo] = await Promise.all([
    contestants.monolith(operation),
    contestants.ours(operation),
    isApolloAsked ? contestants.apollo(operation).catch(crashed) : undefined,
  ]);
  if (operation.query.startsWith('mutation')) contestants.reset();
  return { monolith, ours, apollo };
}

function crashed(error: unknown): Answer {
  return { errors: [{ message: `crashed: ${error instanceof Error ? error.message : String(error)}` }] };
}

function ofOurs({ ours, monolith }: Answers): Difference | undefined {
  return compareAnswers(ours, monolith, { isOrderCompared: true });
}

function ofApollo({ apollo, monolith }: Answers): Difference | undefined {
  return apollo && compareAnswers(apollo, monolith, { isOrderCompared: false });
}

interface Describing {
  readonly contestants: Contestants;
  readonly differenceOf: (answers: Answers) => Difference | undefined;
  readonly isApolloAsked: boolean;
}

async function describe(
  operation: GeneratedOperation,
  { contestants, differenceOf, isApolloAsked }: Describing,
): Promise<Found> {
  const first = await askAll(contestants, operation, isApolloAsked);
  const difference = differenceOf(first) ?? 'data';
  const { query, variables } = await shrinkOperation(operation, contestants.apiSchema, async (candidate) => {
    return differenceOf(await askAll(contestants, candidate, isApolloAsked)) === difference;
  });
  contestants.takeLog();
  const answers = await askAll(contestants, { query, variables }, isApolloAsked);
  const { monolith, ours, apollo } = answers;
  return {
    operation,
    smallest: { query, variables },
    difference,
    log: contestants.takeLog(),
    answers: { monolith, ours, ...(apollo === undefined ? {} : { apollo }) },
  };
}

function assertValid({ query, seed }: GeneratedOperation, schema: GraphQLSchema): void {
  const [error] = validate(schema, parse(query));
  if (error !== undefined)
    throw new Error(`the generator made an operation that is not valid (seed ${seed}): ${error.message}\n${query}`);
}
