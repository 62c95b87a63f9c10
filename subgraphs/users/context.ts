import DataLoader from 'dataloader';
import { loaderById, loaderByOwner } from '../shared/loaders.ts';
import type { RequestContext } from '../shared/context.ts';
import type { Account } from './account.ts';
import type { createChangePassword } from './change-password.ts';
import type { createLogIn } from './log-in.ts';
import type { AddressRecord } from './records.ts';
import type { createRegister } from './register.ts';
import type { createResendOtp } from './resend-otp.ts';
import type { Sessions } from './sessions.ts';
import type { AccountStore } from './store-accounts.ts';
import type { createCareStore } from './store-care.ts';
import type { createUpdateProfile } from './update-profile.ts';
import type { createVerifyOtp } from './verify-otp.ts';

export interface UseCases {
  readonly register: ReturnType<typeof createRegister>;
  readonly verifyOtp: ReturnType<typeof createVerifyOtp>;
  readonly resendOtp: ReturnType<typeof createResendOtp>;
  readonly logIn: ReturnType<typeof createLogIn>;
  readonly changePassword: ReturnType<typeof createChangePassword>;
  readonly updateProfile: ReturnType<typeof createUpdateProfile>;
  readonly sessions: Sessions;
}

export interface Context extends RequestContext {
  readonly useCases: UseCases;
  readonly accountById: DataLoader<string, Account | null>;
  readonly addressesOf: DataLoader<string, readonly AddressRecord[]>;
  /** Whether the caller looks after a patient. */
  readonly looksAfter: DataLoader<string, boolean>;
}

export interface ContextParts {
  readonly useCases: UseCases;
  readonly accounts: Pick<AccountStore, 'byIds' | 'addressesOf'>;
  readonly care: ReturnType<typeof createCareStore>;
}

/** Builds what one request needs: its loaders remember nothing beyond it. */
export function createContextFactory({ useCases, accounts, care }: ContextParts) {
  return (request: RequestContext): Context => ({
    ...request,
    useCases,
    accountById: loaderById(accounts.byIds, ({ id }) => id),
    addressesOf: loaderByOwner(accounts.addressesOf, ({ accountId }) => accountId),
    looksAfter: new DataLoader(async (patientIds: readonly string[]) => {
      if (request.identity.kind !== 'user') return patientIds.map(() => false);
      const theirs = new Set(await care.patientsOf(request.identity.subject, patientIds));
      return patientIds.map((id) => theirs.has(id));
    }),
  });
}
