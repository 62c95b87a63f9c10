import { scalars } from '../shared/scalars.ts';
import type { Resolvers } from './generated/resolvers.ts';
import { addressOf, consultationFee, locationOf } from './workplace-fields.ts';

/** A field is one call. */
export const resolvers: Resolvers = {
  Decimal: scalars.Decimal,

  Query: {
    doctors: (_, { filter, ...page }, { directory }) => directory.find(filter, page),
    doctor: (_, { id }, { loaders }) => loaders.doctor.load(id),
    nearbyDoctors: (_, question, { directory }) => directory.findNearby(question),
  },

  Doctor: {
    __resolveReference: async ({ id }, { loaders }) => loaders.doctor.load(id),
    user: ({ id }) => ({ id }),
    workplaces: async ({ id }, _, { loaders }) => [...(await loaders.workplacesOf.load(id))],
  },

  User: {
    __resolveReference: async ({ id }) => ({ id }),
    doctor: ({ id }, _, { loaders }) => loaders.doctor.load(id),
  },

  Workplace: {
    __resolveReference: async ({ id }, { loaders }) => loaders.workplace(id),
    consultationFee,
    address: addressOf,
    location: locationOf,
  },
};
