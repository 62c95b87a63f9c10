/** The present in milliseconds since the epoch; a parameter wherever time decides, so that tests can move it. */
export type Clock = () => number;

/** Milliseconds on a clock that only moves forward; for durations. */
export type Stopwatch = () => number;
