import { describe, expect, it } from '@jest/globals';
import { parseOptions } from './options.ts';

describe('parseOptions', () => {
  it('gives the ports of the contract and .data when nothing is asked for', () => {
    expect(parseOptions([], '/home/me')).toEqual({
      gatewayPort: 4000,
      subgraphPort: 4001,
      dataFolder: '/home/me/.data',
      isReset: false,
      isHelp: false,
    });
  });

  it('reads every option, in both spellings', () => {
    const options = parseOptions(['--port=5000', '--subgraph-port', '5001', '--data', '/var/x', '--reset'], '/home/me');

    expect(options).toMatchObject({ gatewayPort: 5000, subgraphPort: 5001, dataFolder: '/var/x', isReset: true });
  });

  it("takes the gateway's port from PORT, unless the command line has one", () => {
    expect(parseOptions([], '/', { PORT: '5000' }).gatewayPort).toBe(5000);
    expect(parseOptions([], '/', { PORT: '' }).gatewayPort).toBe(4000);
    expect(parseOptions(['--port', '0'], '/', { PORT: '5000' }).gatewayPort).toBe(0);
    expect(() => parseOptions([], '/', { PORT: 'http' })).toThrow(
      'PORT needs a port number from 0 to 65535, not "http"',
    );
  });

  it.each([
    [['--port', 'abc'], '--port needs a port number from 0 to 65535, not "abc"'],
    [['--port', '70000'], '--port needs a port number'],
    [['--port', '-1'], "'--port' argument is ambiguous"],
    [['--port', '80.5'], 'not "80.5"'],
    [['--port'], "'--port <value>' argument missing"],
    [['--data='], '--data needs the name of a folder'],
    [['--verbose'], "Unknown option '--verbose'"],
    [['users'], "Unexpected argument 'users'"],
    [['--reset=yes'], "'--reset' does not take an argument"],
  ])('refuses %j', (argv, message) => {
    expect(() => parseOptions(argv, '/home/me')).toThrow(message);
  });
});
