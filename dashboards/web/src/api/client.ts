import createClient from 'openapi-fetch';
import type { components, paths } from './schema';

export type Schemas = components['schemas'];

/** What went wrong with a question: the server's words, or that it could not be reached. */
export class ApiError extends Error {
  constructor(
    /** HTTP status; 0 when no answer came. */
    readonly status: number,
    message: string,
    /** The id under which the server's log tells more; empty when there is none. */
    readonly id: string,
  ) {
    super(message);
    this.name = 'ApiError';
  }

  /** The servers are starting or away: asking again may help. */
  get passing(): boolean {
    return this.status === 0 || this.status === 503;
  }
}

export const client = createClient<paths>({ baseUrl: '/api/v1' });

interface Outcome<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** take returns the answer, or throws an ApiError; an aborted question throws its AbortError. */
export async function take<T>(asked: Promise<Outcome<T>>): Promise<T> {
  let outcome: Outcome<T>;
  try {
    outcome = await asked;
  } catch (fault) {
    if (fault instanceof DOMException && fault.name === 'AbortError') {
      throw fault;
    }
    throw new ApiError(0, '', '');
  }
  if (outcome.data === undefined) {
    throw problem(outcome.response.status, outcome.error);
  }
  return outcome.data;
}

/** problem reads a problem+json body; anything else gives an error without words. */
export function problem(status: number, body: unknown): ApiError {
  const fields = typeof body === 'object' && body !== null ? (body as Partial<Schemas['ErrorModel']>) : {};
  const details = (fields.errors ?? []).map((e) => `${e.location ?? ''}: ${e.message ?? ''}`);
  const message = details.length > 0 ? details.join('; ') : (fields.detail ?? '');
  return new ApiError(status, message, (fields.instance ?? '').replace('urn:sevenday:error:', ''));
}
