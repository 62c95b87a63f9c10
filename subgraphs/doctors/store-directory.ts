import { Prisma } from '../../prisma/doctors/generated/client.ts';
import type { DoctorRecord } from './records.ts';
import type { Database } from './store.ts';

/** What the directory is searched for; all that is given must hold. */
export interface DirectorySearch {
  /** Each a beginning of a word of the name, the specialization or the biography; letters and digits alone, in lower case. */
  readonly words?: readonly string[] | undefined;
  /** The whole name of a specialization; letter case does not matter. */
  readonly specialization?: string | undefined;
  /** The city of any of the doctor's workplaces; letter case does not matter. */
  readonly city?: string | undefined;
}

/** A circle on the Earth: WGS 84 degrees and kilometres. */
export interface Surroundings {
  readonly latitude: number;
  readonly longitude: number;
  readonly radiusKm: number;
}

export interface NearbyRow extends DoctorRecord {
  readonly distanceKm: number;
}

/** The public directory: verified doctors, and nobody else. */
export interface DirectoryStore {
  /** By name, then id; `after` is the name and the id that the page follows. */
  page(search: DirectorySearch, limit: number, after?: readonly [name: string, id: string]): Promise<DoctorRecord[]>;
  count(search: DirectorySearch): Promise<number>;
  /** By the distance of the nearest workplace, then id; `after` is the distance and the id that the page follows. */
  nearbyPage(
    near: Surroundings,
    limit: number,
    after?: readonly [distanceKm: number, id: string],
  ): Promise<NearbyRow[]>;
  nearbyCount(near: Surroundings): Promise<number>;
}

/** A little less than the shortest degree of latitude on the sphere, so that no workplace within the radius is left out. */
const KM_PER_DEGREE = 111;

const COLUMNS = Prisma.sql`
  doctor.id, doctor.display_name AS "displayName", doctor.specialization, doctor.bio, doctor.languages,
  doctor.verification_status::text AS "verificationStatus", doctor.years_of_experience AS "yearsOfExperience"`;

/** Makes the store of the directory. */
export function createDirectoryStore(database: Database): DirectoryStore {
  return {
    page: (search, limit, after) => {
      const follows = after
        ? Prisma.sql`AND (doctor.display_name, doctor.id) > (${after[0]}, ${after[1]})`
        : Prisma.empty;
      return database.$queryRaw<DoctorRecord[]>`
        SELECT ${COLUMNS} FROM doctor WHERE ${found(search)} ${follows}
        ORDER BY doctor.display_name, doctor.id LIMIT ${limit}`;
    },
    count: async (search) =>
      countIn(await database.$queryRaw<Count[]>`SELECT count(*)::int AS count FROM doctor WHERE ${found(search)}`),
    nearbyPage: (near, limit, after) => {
      const follows = after
        ? Prisma.sql`WHERE (near."distanceKm", near.doctor_id) > (${after[0]}::float8, ${after[1]})`
        : Prisma.empty;
      return database.$queryRaw<NearbyRow[]>`
        SELECT ${COLUMNS}, near."distanceKm" FROM (${nearest(near)}) near JOIN doctor ON doctor.id = near.doctor_id
        ${follows} ORDER BY near."distanceKm", near.doctor_id LIMIT ${limit}`;
    },
    nearbyCount: async (near) =>
      countIn(await database.$queryRaw<Count[]>`SELECT count(*)::int AS count FROM (${nearest(near)}) near`),
  };
}

function found({ words, specialization, city }: DirectorySearch): Prisma.Sql {
  const conditions = [Prisma.sql`doctor.verification_status = 'VERIFIED'`];
  if (words !== undefined) {
    const query = words.map((word) => `${word}:*`).join(' & ');
    conditions.push(
      Prisma.sql`doctor_words(doctor.display_name, doctor.specialization, doctor.bio) @@ to_tsquery('simple', ${query})`,
    );
  }
  if (specialization !== undefined) {
    conditions.push(Prisma.sql`folded(doctor.specialization) = folded(${specialization})`);
  }
  if (city !== undefined) {
    conditions.push(
      Prisma.sql`EXISTS (SELECT FROM workplace WHERE workplace.doctor_id = doctor.id AND folded(workplace.city) = folded(${city}))`,
    );
  }
  return Prisma.join(conditions, ' AND ');
}

/** Each verified doctor with a workplace in the circle, once, with the distance of the nearest. */
function nearest({ latitude, longitude, radiusKm }: Surroundings): Prisma.Sql {
  const reach = radiusKm / KM_PER_DEGREE;
  return Prisma.sql`
    SELECT place.doctor_id, min(place.distance_km) AS "distanceKm"
    FROM (
      SELECT doctor_id, great_circle_km(${latitude}::float8, ${longitude}::float8, latitude, longitude) AS distance_km
      FROM workplace WHERE latitude BETWEEN ${latitude - reach}::float8 AND ${latitude + reach}::float8
    ) place
    JOIN doctor ON doctor.id = place.doctor_id AND doctor.verification_status = 'VERIFIED'
    WHERE place.distance_km <= ${radiusKm}::float8
    GROUP BY place.doctor_id`;
}

interface Count {
  readonly count: number;
}

function countIn([row]: readonly Count[]): number {
  return row?.count ?? 0;
}
