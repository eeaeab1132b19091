import { readFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';
import { describe, expect, it } from 'vitest';
import { ApiError, problem, take } from './client';

describe('the types of the API', () => {
  it('are those of openapi.json; npm run generate rewrites them', async () => {
    const description = new URL('../../openapi.json', import.meta.url);
    const types = astToString(await openapiTS(description));
    const checkedIn = readFileSync(new URL('./schema.ts', import.meta.url), 'utf8');
    expect(checkedIn.endsWith(types)).toBe(true);
  });
});

describe('problem', () => {
  it('tells the field and the fix', () => {
    const error = problem(422, { detail: 'validation failed', errors: [{ location: 'query.n', message: 'give 7' }] });
    expect(error.message).toBe('query.n: give 7');
  });

  it('keeps the id of a fault inside', () => {
    expect(problem(500, { detail: 'something went wrong', instance: 'urn:sevenday:error:ABC' })).toMatchObject({ id: 'ABC', message: 'something went wrong', passing: false });
  });

  it('takes anything for a body', () => {
    expect(problem(503, undefined)).toMatchObject({ status: 503, message: '', passing: true });
    expect(problem(502, '<html>').message).toBe('');
  });
});

describe('take', () => {
  it('turns an unreachable server into a passing error, and lets an abort through', async () => {
    await expect(take(Promise.reject(new TypeError('fetch failed')))).rejects.toMatchObject({ status: 0, passing: true });
    const abort = new DOMException('stop', 'AbortError');
    await expect(take(Promise.reject(abort))).rejects.toBe(abort);
    await expect(take(Promise.reject(new TypeError()))).rejects.toBeInstanceOf(ApiError);
  });
});
