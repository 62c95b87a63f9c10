import { clientError } from '../shared/client-error.ts';
import { userRecord } from './account.ts';
import { checkedDateOfBirth, checkedName, checkedPhone } from './personal-details.ts';
import type { Gender, UserRecord } from './records.ts';
import type { AccountStore, ProfileChanges } from './store-accounts.ts';

export interface ProfileInput {
  readonly name?: string | null | undefined;
  readonly phone?: string | null | undefined;
  readonly dateOfBirth?: string | null | undefined;
  readonly gender?: Gender | null | undefined;
}

export interface UpdateProfileOptions {
  readonly accounts: Pick<AccountStore, 'update'>;
  readonly now: () => Date;
}

/** Changes what a person says of themself: an absent field stays, null empties it. Throws `BAD_USER_INPUT`, `NOT_FOUND`. */
export function createUpdateProfile({ accounts, now }: UpdateProfileOptions) {
  return async (accountId: string, input: ProfileInput): Promise<UserRecord> => {
    const account = await accounts.update(accountId, checkedChanges(input, now()));
    if (account === undefined) throw clientError('NOT_FOUND', 'Your account does not exist any more.');
    return userRecord(account);
  };
}

function checkedChanges({ name, phone, dateOfBirth, gender }: ProfileInput, now: Date): ProfileChanges {
  if (name === null) throw clientError('BAD_USER_INPUT', 'name: cannot be empty.');
  return {
    ...(name !== undefined && { name: checkedName(name) }),
    ...(phone !== undefined && { phone: phone === null ? null : checkedPhone(phone) }),
    ...(dateOfBirth !== undefined && {
      dateOfBirth: dateOfBirth === null ? null : checkedDateOfBirth(dateOfBirth, now),
    }),
    ...(gender !== undefined && { gender }),
  };
}
