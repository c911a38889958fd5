// Runs a program with the proxy of "taskrouter run", but without its certificates.
const { spawnSync } = require('node:child_process');

const names = ['SSL_CERT_FILE', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'PYTHONPATH', 'PHP_INI_SCAN_DIR'];
const { NODE_EXTRA_CA_CERTS, JAVA_TOOL_OPTIONS, ...env } = process.env;
for (const name of names) delete env[name];
env.JAVA_TOOL_OPTIONS = JAVA_TOOL_OPTIONS.replace(/-Djavax\.net\.ssl\.\S+/g, '');

const [command, ...args] = process.argv.slice(2);
process.exitCode = spawnSync(command, args, { env, stdio: 'inherit' }).status ?? 1;
