import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { createTransport } from 'nodemailer';

/** A plain-text e-mail to one person. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export interface Mailer {
  /** Resolves when the mail was handed over; rejects when it was not. */
  send(mail: Mail): Promise<void>;
}

const FROM = 'CareGraph <no-reply@caregraph.example>';

/** Sends through an SMTP server (`smtp://` or `smtps://` URL), or writes each mail as an `.eml` file (RFC 5322) into a folder. */
export function createMailer(options: { smtpUrl: string } | { mailDir: string }): Mailer {
  return 'smtpUrl' in options ? smtpMailer(options.smtpUrl) : fileMailer(options.mailDir);
}

function smtpMailer(smtpUrl: string): Mailer {
  const transport = createTransport(smtpUrl, { from: FROM });
  return {
    async send(mail) {
      await transport.sendMail(mail);
    },
  };
}

/** A reader never sees half a mail: it is written under another name and renamed. */
function fileMailer(mailDir: string): Mailer {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' }, { from: FROM });
  return {
    async send(mail) {
      const { message } = await transport.sendMail(mail);
      await mkdir(mailDir, { recursive: true, mode: 0o700 });
      const name = `${new Date().toISOString().replaceAll(':', '-')}-${randomUUID()}`;
      const draft = join(mailDir, `.${name}.tmp`);
      await writeFile(draft, message as Buffer, { mode: 0o600 });
      await rename(draft, join(mailDir, `${name}.eml`));
    },
  };
}
