declare module '*.graphql' {
  const text: string;
  // eslint-disable-next-line no-restricted-syntax -- what the bundler's text loader makes of a file
  export default text;
}
declare module '*.css';
