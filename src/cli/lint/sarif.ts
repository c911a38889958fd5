import { version } from '../../../package.json';
import type { Severity } from '../../common/finding';
import type { FindingCode } from '../../lint/rules';
import { rules } from '../../lint/rules';
import type { LocatedFinding } from './located-finding';

const levels: Record<Severity, 'error' | 'warning' | 'note'> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
};

/**
 * A SARIF 2.1.0 log, which code hosts show at the lines of a file.
 * Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifLog(findings: readonly LocatedFinding[]): object {
  const codes = [...new Set(findings.map(({ code }) => code))];
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'taskrouter lint', version, rules: codes.map(descriptorOf) } },
        results: findings.map(resultOf),
      },
    ],
  };
}

function descriptorOf(code: FindingCode) {
  const { about, severity, source } = rules[code];
  return {
    id: code,
    shortDescription: { text: about },
    defaultConfiguration: { level: levels[severity] },
    ...(URL.canParse(source) && { helpUri: source }),
  };
}

function resultOf({ code, severity, message, remedy, place, file, line, column }: LocatedFinding) {
  return {
    ruleId: code,
    level: levels[severity],
    message: { text: `${message}. ${remedy}` },
    locations: [
      {
        ...(file !== undefined && {
          physicalLocation: {
            artifactLocation: { uri: uriOf(file) },
            region: { startLine: line, startColumn: column },
          },
        }),
        logicalLocations: [{ fullyQualifiedName: place }],
      },
    ],
  };
}

/** A relative path stays relative. */
const uriOf = (file: string) => file.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
