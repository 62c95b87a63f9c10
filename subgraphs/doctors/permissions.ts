import { allow } from '../../wire/graphql-shield.ts';
import type { Permissions } from '../shared/permissions.ts';

/**
 * Who may use which field, beyond what the schema demands. The directory is public; which rows a caller sees is decided where rows
 * are read (`isVisibleTo`), so that a reference or an id from anywhere leads no further than the directory does.
 */
export const permissions: Permissions = {
  Query: { doctors: allow, doctor: allow, nearbyDoctors: allow },
  Doctor: { '*': allow },
  User: { id: allow, doctor: allow },
  Workplace: { '*': allow },
  PostalAddress: { '*': allow },
  GeoPoint: { '*': allow },
  Money: { '*': allow },
  DoctorConnection: { '*': allow },
  DoctorEdge: { '*': allow },
  NearbyDoctorConnection: { '*': allow },
  NearbyDoctorEdge: { '*': allow },
  PageInfo: { '*': allow },
};
