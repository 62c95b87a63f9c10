import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createMailer } from './mailer.ts';

const mail = { to: 'mona@example.org', subject: 'Your code', text: 'Your code is 123456\n' };

describe('mails in a folder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'caregraph-mail-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('are files of their own that a mail program opens, for the owner alone', async () => {
    const mailDir = join(folder, 'not', 'there', 'yet');
    const mailer = createMailer({ mailDir });

    await Promise.all(Array.from({ length: 5 }, () => mailer.send(mail)));

    const names = await readdir(mailDir);
    expect(names).toHaveLength(5);
    expect(names.every((name) => /^[^.].*\.eml$/.test(name))).toBe(true);
    const path = join(mailDir, names[0] ?? '');
    const text = await readFile(path, 'utf8');
    expect(text).toMatch(/^From: CareGraph <no-reply@caregraph\.example>$/m);
    expect(text).toMatch(/^To: mona@example\.org$/m);
    expect(text).toMatch(/\n\nYour code is 123456\n/);
    expect((await stat(path)).mode & 0o077).toBe(0);
  });

  it('cannot be given further headers by a subject', async () => {
    await createMailer({ mailDir: folder }).send({ ...mail, subject: 'Hello\r\nBcc: all@example.org' });

    const [name = ''] = await readdir(folder);
    expect(await readFile(join(folder, name), 'utf8')).not.toMatch(/^Bcc:/m);
  });
});

describe('mails by SMTP', () => {
  let server: Server;
  let replyToData: string;
  const lines: string[] = [];
  beforeEach(async () => {
    lines.length = 0;
    replyToData = '250 taken';
    server = createServer((socket) => {
      let isMessage = false;
      socket.write('220 ready\r\n');
      createInterface({ input: socket }).on('line', (line) => {
        lines.push(line);
        if (isMessage && line !== '.') return;
        const wasMessage = isMessage;
        isMessage = line === 'DATA';
        socket.write(`${wasMessage ? replyToData : isMessage ? '354 go on' : '250 ok'}\r\n`);
      });
      socket.on('error', () => undefined);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  const mailer = () => createMailer({ smtpUrl: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}` });

  it('are handed to the server', async () => {
    await mailer().send(mail);

    expect(lines).toEqual(expect.arrayContaining(['RCPT TO:<mona@example.org>', 'Your code is 123456']));
  });

  it('are not taken for sent when the server refuses them', async () => {
    replyToData = '554 refused';

    await expect(mailer().send(mail)).rejects.toThrow(/refused/);
  });
});
