// What packages written for Node.js too ask of `process` where they find out where they run.

export const process = {
  env: { NODE_ENV: "production" },
  platform: "browser",
  argv: [],
  versions: {},
  cwd: () => "/",
};
