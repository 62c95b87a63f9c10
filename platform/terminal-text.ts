/** The accounts that the seed makes, for the first look; all have the same password. */
const DEMO_ACCOUNTS = [
  'patient@example.com',
  'patient2@example.com',
  'doctor@example.com',
  'doctor2@example.com',
  'assistant@example.com',
  'nurse@example.com',
  'pharmacy@example.com',
  'admin@example.com',
];
const DEMO_PASSWORD = 'caregraph-demo';

/** One line for a stage that is done: `  subgraphs    users 4001, ...   1.2 s`. */
export function progressLine(stage: string, outcome: string, ms: number): string {
  return `  ${stage.padEnd(11)} ${outcome}  (${(ms / 1000).toFixed(1)} s)`;
}

/** What a newcomer needs next: where everything is and whom to sign in as. */
export function welcome(gatewayUrl: string, dataFolder: string): string {
  return `
  sandbox     ${gatewayUrl}/
  GraphQL     ${gatewayUrl}/graphql  (subscriptions: ${gatewayUrl.replace(/^http/, 'ws')}/graphql)
  health      ${gatewayUrl}/health/services
  metrics     ${gatewayUrl}/metrics
  mails       ${dataFolder}/mail
  logs        ${dataFolder}/logs

  demo accounts (password ${DEMO_PASSWORD})
    ${DEMO_ACCOUNTS.slice(0, 4).join('  ')}
    ${DEMO_ACCOUNTS.slice(4).join('  ')}
`;
}
