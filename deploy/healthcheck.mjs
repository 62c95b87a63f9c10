// Asks the process of this container whether it can serve; exit code 0 or 1, as Docker wants it.
const port = process.env.PORT ?? '4000';
const response = await fetch(`http://127.0.0.1:${port}/health/ready`, { signal: AbortSignal.timeout(2_500) }).catch(
  () => undefined,
);
process.exit(response?.ok ? 0 : 1);
