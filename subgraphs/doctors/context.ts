import type DataLoader from 'dataloader';
import type { Identity } from '../../wire/identity.ts';
import type { RequestContext } from '../shared/context.ts';
import { loaderById, loaderByOwner } from '../shared/loaders.ts';
import type { Directory } from './directory.ts';
import type { DoctorRecord, WorkplaceRecord } from './records.ts';
import type { DoctorStore } from './store.ts';
import { isVisibleTo } from './visibility.ts';

/** What a resolver of this subgraph works with. */
export interface Context extends RequestContext {
  readonly directory: Directory;
  readonly loaders: Loaders;
}

/** Reads for one request. What the caller may not see is `null`, as what does not exist is. */
export interface Loaders {
  readonly doctor: DataLoader<string, DoctorRecord | null>;
  readonly workplacesOf: DataLoader<string, readonly WorkplaceRecord[]>;
  /** A workplace is as visible as its doctor. */
  workplace(id: string): Promise<WorkplaceRecord | null>;
}

/** Makes the loaders of one caller's request. */
export function createLoaders(store: DoctorStore, identity: Identity): Loaders {
  const doctor = loaderById(
    async (ids) => (await store.doctorsById(ids)).filter((row) => isVisibleTo(identity, row)),
    ({ id }: DoctorRecord) => id,
  );
  const anyWorkplace = loaderById(
    (ids) => store.workplacesById(ids),
    ({ id }) => id,
  );
  return {
    doctor,
    workplacesOf: loaderByOwner(
      (doctors) => store.workplacesOfDoctors(doctors),
      ({ doctorId }) => doctorId,
    ),
    async workplace(id) {
      const found = await anyWorkplace.load(id);
      return found !== null && (await doctor.load(found.doctorId)) !== null ? found : null;
    },
  };
}
