import { client, take, type Schemas } from './client';
import type { operations } from './schema';

export type Claim = Schemas['Claim'];
export type ConversionRow = Schemas['ConversionRow'];
export type CouponRow = Schemas['CouponRow'];
export type Freshness = Schemas['Freshness'];
export type LoopRow = Schemas['LoopRow'];
export type MerchantRow = Schemas['MerchantRow'];
export type Report = Schemas['Report'];
export type RetentionRow = Schemas['RetentionRow'];
export type SalesRow = Schemas['SalesRow'];
export type Stage = Schemas['Stage'];
export type Uplift = Schemas['UpliftResult'];
export type UpliftWeek = Schemas['UpliftEventWeek'];
export type State = RetentionRow['state'];

type Parameters<O extends keyof operations> = NonNullable<operations[O]['parameters']['query']>;
export type RangeParameters = Parameters<'getSales'>;
export type RetentionParameters = Parameters<'getRetention'>;
export type ScopeParameters = Parameters<'getUplift'>;

/** A question waits for nothing but its answer, and is dropped through its signal. */
export type Ask<T> = (signal: AbortSignal) => Promise<T>;

export const progress: Ask<Stage[]> = (signal) => take(client.GET('/progress', { signal }));
export const freshness: Ask<Freshness> = (signal) => take(client.GET('/freshness', { signal }));
export const report: Ask<Report> = (signal) => take(client.GET('/report', { signal }));
export const merchants: Ask<MerchantRow[]> = (signal) => take(client.GET('/merchants', { signal }));

export const sales = (query: RangeParameters): Ask<SalesRow[]> => (signal) =>
  take(client.GET('/sales', { params: { query }, signal }));

export const conversion = (query: RangeParameters): Ask<ConversionRow[]> => (signal) =>
  take(client.GET('/conversion', { params: { query }, signal }));

export const portals = (query: RangeParameters): Ask<ConversionRow[]> => (signal) =>
  take(client.GET('/portals', { params: { query }, signal }));

export const coupons = (query: RangeParameters): Ask<CouponRow[]> => (signal) =>
  take(client.GET('/coupons', { params: { query }, signal }));

export const loop = (query: RangeParameters): Ask<LoopRow[]> => (signal) =>
  take(client.GET('/loop', { params: { query }, signal }));

export const retention = (query: RetentionParameters): Ask<RetentionRow[]> => (signal) =>
  take(client.GET('/retention', { params: { query }, signal }));

export const uplift = (query: ScopeParameters): Ask<Uplift[]> => (signal) =>
  take(client.GET('/uplift', { params: { query }, signal }));
