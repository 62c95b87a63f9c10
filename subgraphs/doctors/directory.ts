import { connection, pageRequest, type PageArguments } from '../shared/connection.ts';
import { clientError } from '../shared/client-error.ts';
import type { DoctorConnectionRecord, NearbyDoctorConnectionRecord } from './records.ts';
import type { DirectorySearch, DirectoryStore, Surroundings } from './store-directory.ts';

/** The filter as clients send it. */
export interface DirectoryFilter {
  readonly text?: string | null | undefined;
  readonly specialization?: string | null | undefined;
  readonly city?: string | null | undefined;
}

export interface NearbyQuestion extends PageArguments {
  readonly near: Pick<Surroundings, 'latitude' | 'longitude'>;
  readonly radiusKm: number;
}

/** The public directory of verified doctors. Its answers do not depend on who asks. */
export interface Directory {
  /** By name. Throws `BAD_USER_INPUT` for a text that is too long and for a foreign cursor. */
  find(filter: DirectoryFilter | null | undefined, page: PageArguments): Promise<DoctorConnectionRecord>;
  /** Nearest first. Throws `BAD_USER_INPUT` for a place that is not on Earth and a radius outside (0, 500] km. */
  findNearby(question: NearbyQuestion): Promise<NearbyDoctorConnectionRecord>;
}

const MAX_RADIUS_KM = 500;
const MAX_TEXT_LENGTH = 100;
/** Letters with their accents, and digits: all of them plain to the full-text query language, so no input can alter a query. */
const WORD = /[\p{L}\p{M}\p{N}]+/gu;

/** Makes the directory over its store. */
export function createDirectory(store: DirectoryStore): Directory {
  return {
    async find(filter, pageArguments) {
      const search = searchOf(filter ?? {});
      const page = pageRequest(pageArguments, 2);
      const [name, id] = page.after ?? [];
      const after = name === undefined || id === undefined ? undefined : ([name, id] as const);
      const [rows, count] = await Promise.all([store.page(search, page.limit + 1, after), store.count(search)]);
      return connection(rows, page, count, (doctor) => [doctor.displayName, doctor.id]);
    },
    async findNearby({ near, radiusKm, ...pageArguments }) {
      const surroundings = surroundingsOf(near, radiusKm);
      const page = pageRequest(pageArguments, 2);
      const [rows, count] = await Promise.all([
        store.nearbyPage(surroundings, page.limit + 1, page.after && distanceCursor(page.after)),
        store.nearbyCount(surroundings),
      ]);
      const { edges, ...rest } = connection(rows, page, count, (row) => [String(row.distanceKm), row.id]);
      return { ...rest, edges: edges.map(({ cursor, node }) => ({ cursor, distanceKm: node.distanceKm, node })) };
    },
  };
}

function searchOf(filter: DirectoryFilter): DirectorySearch {
  const text = given('text', filter.text);
  return {
    words: text?.normalize('NFC').toLowerCase().match(WORD) ?? (text === undefined ? undefined : []),
    specialization: given('specialization', filter.specialization),
    city: given('city', filter.city),
  };
}

/** A blank text asks for nothing in particular. */
function given(field: keyof DirectoryFilter, value: string | null | undefined): string | undefined {
  const text = value?.trim() ?? '';
  if (text.length > MAX_TEXT_LENGTH) {
    throw clientError('BAD_USER_INPUT', `"filter.${field}" must have at most ${MAX_TEXT_LENGTH} characters.`);
  }
  return text === '' ? undefined : text;
}

function surroundingsOf({ latitude, longitude }: NearbyQuestion['near'], radiusKm: number): Surroundings {
  if (!(Math.abs(latitude) <= 90))
    throw clientError('BAD_USER_INPUT', '"near.latitude" must be from -90 to 90 degrees.');
  if (!(Math.abs(longitude) <= 180))
    throw clientError('BAD_USER_INPUT', '"near.longitude" must be from -180 to 180 degrees.');
  if (!(radiusKm > 0 && radiusKm <= MAX_RADIUS_KM)) {
    throw clientError('BAD_USER_INPUT', `"radiusKm" must be more than 0 and at most ${MAX_RADIUS_KM}.`);
  }
  return { latitude, longitude, radiusKm };
}

function distanceCursor([text = '', id = '']: readonly string[]): readonly [distanceKm: number, id: string] {
  const distanceKm = Number(text);
  if (text === '' || !Number.isFinite(distanceKm)) {
    throw clientError('BAD_USER_INPUT', '"after" must be a cursor that an earlier page of this list gave.');
  }
  return [distanceKm, id];
}
