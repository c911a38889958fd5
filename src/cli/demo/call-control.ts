import { basicAuthorization } from '../../common/http-basic';
import type { TwilioAccount } from '../../system/twilio-account';
import { type CallJson, transcriptText } from '../call/transcript-text';
import { UnmetExpectation } from '../errors';

type Form = Readonly<Record<string, string>>;

/** Simulated calls, over the control API of a local TaskRouter. */
export class CallControl {
  constructor(
    private readonly url: string,
    private readonly account: TwilioAccount,
  ) {}

  begin(form: Form): Promise<CallJson> {
    return this.request('calls', form);
  }

  proceed(callSid: string, form: Form): Promise<CallJson> {
    return this.request(`calls/${callSid}`, form);
  }

  /** One line for each thing that was said or done. */
  async conversation(callSid: string): Promise<string[]> {
    const { transcript } = await this.request(`calls/${callSid}`);
    return transcript.map(transcriptText);
  }

  private async request(path: string, form?: Form): Promise<CallJson> {
    const { username, password } = this.account;
    const response = await fetch(`${this.url}/_taskrouter/${path}`, {
      headers: { authorization: basicAuthorization(username, password) },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    });
    const body = await response.text();
    if (!response.ok)
      throw new UnmetExpectation(`/_taskrouter/${path} responded with ${response.status}: ${body}`);
    return JSON.parse(body) as CallJson;
  }
}
