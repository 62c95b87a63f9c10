import { allow, rule } from '../../wire/graphql-shield.ts';
import { refusal } from '../../wire/access-shield.ts';
import type { Permissions } from '../shared/permissions.ts';
import type { Context } from './context.ts';
import type { PatientRecord, UserRecord } from './records.ts';
import { mayReadAccount, mayReadName, mayReadPatient, mayReadPicture } from './visibility.ts';

const name = fieldOfUser(mayReadName);
const picture = fieldOfUser(mayReadPicture);
const account = fieldOfUser(mayReadAccount);
const demographics = rule({ cache: 'no_cache' })(async ({ id }: PatientRecord, _args: unknown, context: Context) =>
  (await mayReadPatient(id, context)) ? true : refusal('forbidden'),
);

/** Who may read which field, beyond what the schema demands. */
export const permissions: Permissions = {
  Query: { me: allow, patient: allow },
  Mutation: {
    register: allow,
    verifyOtp: allow,
    resendOtp: allow,
    login: allow,
    refreshToken: allow,
    logout: allow,
    changePassword: allow,
    updateProfile: allow,
  },
  User: {
    id: allow,
    name,
    role: name,
    profilePictureUrl: picture,
    email: account,
    phone: account,
    isVerified: account,
    dateOfBirth: account,
    gender: account,
    createdAt: account,
    addresses: account,
  },
  Patient: { id: allow, name: demographics, dateOfBirth: demographics, gender: demographics, phone: demographics },
  // Reached through User.addresses alone.
  Address: { '*': allow },
  RegisterPayload: { user: allow, otpSentTo: allow },
  AuthPayload: { accessToken: allow, refreshToken: allow, expiresIn: allow, tokenType: allow, user: allow },
};

function fieldOfUser(mayRead: (user: UserRecord, context: Context) => boolean | Promise<boolean>) {
  return rule({ cache: 'no_cache' })(async (user: UserRecord, _args: unknown, context: Context) =>
    (await mayRead(user, context)) ? true : refusal('forbidden'),
  );
}
