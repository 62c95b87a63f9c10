import type { Mail } from '../shared/mailer.ts';

/** The mail that carries a one-time code: the only six digits in it. */
export function codeMail(to: string, code: string): Mail {
  return {
    to,
    subject: 'Your CareGraph code',
    text: `Your code is ${code}

It is valid for 10 minutes. Nobody from CareGraph will ever ask you for it.
If you did not ask for a code, you can ignore this mail.
`,
  };
}

/** Tells the owner of an account that somebody tried to register with their address. */
export function registrationAttemptMail(to: string): Mail {
  return {
    to,
    subject: 'Somebody tried to register with your address',
    text: `Somebody tried to open a CareGraph account with this address.

You have an account already, and nothing about it has changed.
If it was you: sign in with your password.
If it was not: you can ignore this mail.
`,
  };
}

/** Tells the owner of an account that its password is another now. */
export function passwordChangedMail(to: string): Mail {
  return {
    to,
    subject: 'Your CareGraph password was changed',
    text: `The password of your CareGraph account was changed, and all other devices were signed out.

If it was not you: answer this mail at once.
`,
  };
}
