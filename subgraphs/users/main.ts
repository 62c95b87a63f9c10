import { z } from 'zod';
import { createLog } from '../shared/log.ts';
import { createMailer } from '../shared/mailer.ts';
import { runProcess } from '../shared/run-process.ts';
import { settingsOrExit } from '../shared/settings-or-exit.ts';
import { createUsersSubgraph } from './build.ts';

const Secret = z.string().min(32);

const { shared, own } = settingsOrExit('users', process.env, {
  JWT_ISSUER: z.string().min(1).default('https://caregraph.example'),
  JWT_AUDIENCE: z.string().min(1).default('caregraph'),
  SIGNING_KEY_SECRET:
    process.env['NODE_ENV'] === 'production' ? Secret : Secret.default('for development only, and known to everybody'),
  KEY_ROTATION_DAYS: z.coerce.number().positive().max(365).default(30),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_DIR: z.string().min(1).default('.data/mail'),
});
const log = createLog('users', shared.logLevel);

await runProcess(log, async () => {
  const { app, rotateKeys, close } = await createUsersSubgraph({
    ...shared,
    log,
    now: () => new Date(),
    mailer: createMailer(own.SMTP_URL === undefined ? { mailDir: own.MAIL_DIR } : { smtpUrl: own.SMTP_URL }),
    issuer: own.JWT_ISSUER,
    audience: own.JWT_AUDIENCE,
    secret: own.SIGNING_KEY_SECRET,
    keyRotationDays: own.KEY_ROTATION_DAYS,
  });
  // Not SIGHUP: that is what a closed terminal sends.
  process.on('SIGUSR2', () => {
    rotateKeys().catch((error: unknown) => log.error({ err: error }, 'could not make a new signing key'));
  });
  await app.listen({ port: shared.port, host: shared.host });
  log.info({ port: shared.port }, 'listening');
  return { stop: close };
});
