import TestSequencer from '@jest/test-sequencer';

/** The tests that take longest: begun last, they would run alone while the other worker has nothing left to do. */
const LONGEST = [
  'test/differential/',
  'test/federation/conformance',
  'platform/main',
  'test/gateway/reload',
  'test/gateway/stalls',
  'test/e2e/',
  'events/kafka',
  'scripts/schema-engine',
];

/** A package of CommonJS: how its default export is seen differs between versions of Node. */
const Sequencer = TestSequencer.default ?? TestSequencer;

export default class LongestFirst extends Sequencer {
  sort(tests) {
    const rankOf = ({ path }) => {
      const rank = LONGEST.findIndex((part) => path.includes(part));
      return rank === -1 ? LONGEST.length : rank;
    };
    return super.sort([...tests]).sort((one, other) => rankOf(one) - rankOf(other));
  }
}
