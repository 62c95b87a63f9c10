import type { Logger } from 'pino';
import type { Mail, Mailer } from '../shared/mailer.ts';

export interface Postman {
  /** Hands a mail over. Rejects when that fails, without a word about the person. */
  send(mail: Mail): Promise<void>;
  /** Hands a mail over later, without letting anybody wait; a failure is logged. */
  post(mail: Mail): void;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
}

/** Sends mails through a mailer whose errors may quote the address, and so never leave this file. */
export function createPostman(mailer: Mailer, log: Pick<Logger, 'error'>): Postman {
  const underWay = new Set<Promise<void>>();
  const send = async (mail: Mail): Promise<void> => {
    try {
      await mailer.send(mail);
    } catch (cause) {
      log.error({ failure: codeOf(cause), subject: mail.subject }, 'a mail could not be handed over');
      // Without its cause, which may quote the address.
      throw new Error('a mail could not be handed over');
    }
  };
  return {
    send,
    post(mail) {
      const sending = send(mail)
        .catch(() => undefined)
        .finally(() => underWay.delete(sending));
      underWay.add(sending);
    },
    async settled() {
      await Promise.all(underWay);
    },
  };
}

function codeOf(cause: unknown): string {
  if (!(cause instanceof Error)) return typeof cause;
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name;
}
