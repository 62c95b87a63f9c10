import { clientError } from '../shared/client-error.ts';
import { signedIn } from '../shared/context.ts';
import { referenceId } from '../shared/reference-id.ts';
import { scalars } from '../shared/scalars.ts';
import type { Resolvers } from './generated/resolvers.ts';
import { findPatient, findUser } from './visibility.ts';

export const resolvers: Resolvers = {
  DateTime: scalars.DateTime,
  Date: scalars.Date,
  EmailAddress: scalars.EmailAddress,

  Query: {
    me: (_, __, context) => findUser(signedIn(context.identity).subject, context),
    patient: async (_, { id }, context) => {
      const patient = await findPatient(id, context);
      if (patient === null) throw clientError('FORBIDDEN', 'You do not look after this patient.');
      return patient;
    },
  },

  Mutation: {
    register: (_, { input }, { useCases }) => useCases.register(input),
    verifyOtp: (_, { email, code }, { useCases }) => useCases.verifyOtp(email, code),
    resendOtp: (_, { email }, { useCases }) => useCases.resendOtp(email),
    login: (_, { email, password }, { useCases }) => useCases.logIn(email, password),
    refreshToken: (_, { refreshToken }, { useCases }) => useCases.sessions.refresh(refreshToken),
    logout: async (_, __, { useCases, identity }) => {
      const { sessionId } = signedIn(identity);
      if (sessionId === undefined) throw clientError('CONFLICT', 'The access token in use belongs to no session.');
      await useCases.sessions.end(sessionId);
      return true;
    },
    changePassword: (_, passwords, { useCases, identity }) => {
      const { subject: accountId, sessionId } = signedIn(identity);
      return useCases.changePassword({ accountId, sessionId, ...passwords });
    },
    updateProfile: (_, { input }, { useCases, identity }) => useCases.updateProfile(signedIn(identity).subject, input),
  },

  User: {
    __resolveReference: async (reference, context) => findUser(referenceId(reference), context),
    addresses: async ({ id }, _, { addressesOf }) => [...(await addressesOf.load(id))],
  },
  Patient: {
    __resolveReference: async (reference, context) => findPatient(referenceId(reference), context),
  },
};
