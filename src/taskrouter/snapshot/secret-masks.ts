import { maskUrl } from '../../common/mask-url';
import { isSecretVariable, masked, maskSecrets } from '../../common/secrets';

const jsonToken = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:,]|[^\s"{}[\]:,]+/g;
const url = /[a-z][a-z0-9+.-]*:\/\/[^\s"'<>\\]+/gi;
const sipPassword = /(\bsips?:[^\s:@"']+):[^\s@"']+@/gi;

const reference = String.raw`[A-Za-z_][\w.-]*`;
const operator = String.raw`(?:[=!<>]=|<>|[=<>]|(?:NOT\s+IN|IN|HAS|CONTAINS)\b)`;
const literal = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\b\d{4,}\b/g;
const literals = String.raw`\[[^\]]*\]|${literal.source}`;
const comparison = new RegExp(String.raw`(${reference})(\s*${operator}\s*)(${literals})`, 'gi');
const reversed = new RegExp(String.raw`(${literals})(\s*${operator}\s*)(${reference})`, 'gi');

/**
 * Masks the secrets of a state: credentials of the service, user information and signatures in URLs, and what attributes
 * and expressions hold under names such as `api_key`. Our choice: equal secrets get equal masks, `***1` and so on, in
 * expressions as well, so that tasks are routed as before. Numbers count as secrets from four digits on.
 */
export class SecretMasks {
  private readonly masks = new Map<string, string>();
  private replaced = 0;

  /** @param credentials texts to mask wherever they are */
  constructor(private readonly credentials: readonly string[]) {}

  /** How many times something was masked. */
  get count(): number {
    return this.replaced;
  }

  /** A copy of a row, with the secrets masked in all its texts. */
  row<Value>(value: Value): Value {
    if (typeof value === 'string') return this.text(value) as Value;
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((item) => this.row(item)) as Value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, this.row(inner)])) as Value;
  }

  private text(text: string): string {
    return isJson(text) ? this.json(text) : this.plain(text);
  }

  /** Token by token, because JSON.stringify would change numbers such as 1.0 and 12345678901234567890. */
  private json(text: string): string {
    let isSecret = false;
    /** How many brackets are open within the value of a secret name. */
    let depth = 0;
    return text.replace(jsonToken, (token, at: number) => {
      if (token === '{' || token === '[') {
        if (isSecret || depth > 0) depth += 1;
        isSecret = false;
        return token;
      }
      if (token === '}' || token === ']') depth = Math.max(0, depth - 1);
      if (/^[}\]:,]$/.test(token)) return token;
      if (token.startsWith('"') && isFollowedByColon(text, at + token.length)) {
        isSecret = isSecretVariable(JSON.parse(token));
        return this.string(token, (name) => this.withoutCredentials(name));
      }
      const isMasked = isSecret || depth > 0;
      isSecret = false;
      if (token.startsWith('"'))
        return this.string(token, (value) => (isMasked ? this.maskOf(value) : this.text(value)));
      return isMasked && /\d{4}/.test(token) ? JSON.stringify(this.maskOf(token)) : token;
    });
  }

  /** A string of a JSON text. It keeps its spelling unless it changes. */
  private string(token: string, change: (value: string) => string): string {
    const value: string = JSON.parse(token);
    const changed = change(value);
    return changed === value ? token : JSON.stringify(changed);
  }

  private plain(text: string): string {
    let result = this.withoutCredentials(text);
    if (result.includes('://'))
      result = result.replace(url, (address) => this.counted(address, maskUrl(address)));
    if (/sips?:/i.test(result))
      result = result.replace(sipPassword, (all, user) => this.counted(all, `${user}:${masked}@`));
    return isSecretVariable(result) ? this.expression(result) : result;
  }

  /** The literals that an expression compares with a reference whose name indicates a secret. */
  private expression(text: string): string {
    return text
      .replace(comparison, (all, name: string, between: string, values: string) =>
        isSecretVariable(name) ? name + between + this.literals(values) : all,
      )
      .replace(reversed, (all, values: string, between: string, name: string) =>
        isSecretVariable(name) ? this.literals(values) + between + name : all,
      );
  }

  private literals(text: string): string {
    return text.replace(literal, (token) => {
      if (/^\d/.test(token)) return JSON.stringify(this.maskOf(token));
      const quote = token[0] as string;
      return quote + this.maskOf(token.slice(1, -1).replace(/\\(["'\\])/g, '$1')) + quote;
    });
  }

  private withoutCredentials(text: string): string {
    return this.counted(text, maskSecrets(text, this.credentials));
  }

  /** The mask for a secret. A mask is kept, so that a snapshot of a loaded snapshot has the same ones. */
  private maskOf(secret: string): string {
    if (secret === '' || /^\*{3}\d*$/.test(secret)) return secret;
    let mask = this.masks.get(secret);
    if (mask === undefined) {
      mask = `${masked}${this.masks.size + 1}`;
      this.masks.set(secret, mask);
    }
    return this.counted(secret, mask);
  }

  private counted(before: string, after: string): string {
    if (after !== before) this.replaced += 1;
    return after;
  }
}

const colon = /\s*:/y;

function isFollowedByColon(text: string, at: number): boolean {
  colon.lastIndex = at;
  return colon.test(text);
}

function isJson(text: string): boolean {
  if (!/^\s*[{[]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
