import { Redis, type RedisOptions } from 'ioredis';

quickenTexts();

/** Makes a client of Redis, which connects when it is first used where the options say so. */
export function createRedisClient(url: string, options: Omit<RedisOptions, 'replyMapping'>): Redis {
  return new Redis(url, options);
}

/**
 * ioredis has a class that extends `String`. V8 keeps what others have come to inherit from in a slow form until somebody looks a method up
 * on an object; of plain texts it takes no notice, and from then on each `charCodeAt` of the process is a call instead of an
 * instruction. So a method is looked up here, until V8 has seen it often enough.
 */
function quickenTexts(): void {
  const object = Object('') as string;
  for (let round = 0; round < 100; round += 1) object.charCodeAt(0);
}
