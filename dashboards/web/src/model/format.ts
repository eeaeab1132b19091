/** The languages the page speaks. */
export type Language = 'zh-CN' | 'en';

/** From this size on, counts and money on cards and axes are shown in short form; tables are exact. */
const shortFrom = 100_000;

/** Formatter turns what the API returns into text. Absent numbers become a dash, never a zero. */
export class Formatter {
  readonly #language: Language;
  readonly #cache = new Map<string, Intl.NumberFormat>();

  constructor(language: Language) {
    this.#language = language;
  }

  static readonly absent = '–';

  /** rate shows a fraction as a percentage with one decimal. */
  rate(fraction: number | null | undefined): string {
    return this.#show(fraction, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });
  }

  /** growth is a rate with its sign. */
  growth(fraction: number | null | undefined): string {
    return this.#show(fraction, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1, signDisplay: 'exceptZero' });
  }

  /** axisRate is a percentage for an axis, without needless decimals. */
  axisRate(fraction: number): string {
    return this.#show(fraction, { style: 'percent', maximumFractionDigits: 1 });
  }

  /** axisGrowth is a growth for an axis. */
  axisGrowth(fraction: number): string {
    return this.#show(fraction, { style: 'percent', maximumFractionDigits: 1, signDisplay: 'exceptZero' });
  }

  /** count shows an exact whole number. */
  count(n: number | null | undefined): string {
    return this.#show(n, { maximumFractionDigits: 0 });
  }

  /** short shows large numbers as people say them: 12.3万, 123K. */
  short(n: number | null | undefined): string {
    if (n === null || n === undefined || Math.abs(n) < shortFrom) {
      return this.count(n);
    }
    return this.#show(n, { notation: 'compact', maximumFractionDigits: 1 });
  }

  /** axisCount and axisMoney write an axis in one form from ten thousand on. */
  axisCount(n: number): string {
    return this.#show(n, axisForm(n));
  }

  axisMoney(n: number, currency: string | null | undefined): string {
    return this.#show(n, { ...moneyStyle(currency), ...axisForm(n) });
  }

  ratio(n: number | null | undefined): string {
    return this.#show(n, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  }

  /** money shows a decimal string exactly. */
  money(amount: string | null | undefined, currency: string | null | undefined): string {
    if (amount === null || amount === undefined) {
      return Formatter.absent;
    }
    return this.#number({ ...moneyStyle(currency), minimumFractionDigits: 2 }).format(amount as Intl.StringNumericLiteral);
  }

  /** shortMoney is money for cards and axes. */
  shortMoney(amount: string | number | null | undefined, currency: string | null | undefined): string {
    if (amount === null || amount === undefined) {
      return Formatter.absent;
    }
    const value = Number(amount);
    const compact: Intl.NumberFormatOptions = Math.abs(value) < shortFrom ? {} : { notation: 'compact', maximumFractionDigits: 1 };
    const digits = Math.abs(value) < 1000 ? 2 : 0;
    return this.#number({ ...moneyStyle(currency), minimumFractionDigits: 0, maximumFractionDigits: digits, ...compact }).format(value);
  }

  /** interval shows the two ends of an interval, or nothing where there is none. */
  interval(low: number | null | undefined, high: number | null | undefined, form: (x: number) => string): string {
    if (low === null || low === undefined || high === null || high === undefined) {
      return '';
    }
    const between = this.#language === 'en' ? 'to' : '~';
    return `${form(low)}\u00a0${between}\u00a0${form(high)}`;
  }

  /** day shows YYYY-MM-DD as month and day. */
  day(iso: string): string {
    return this.#date({ month: 'numeric', day: 'numeric' }).format(noon(iso));
  }

  weekday(iso: string): string {
    return this.#date({ weekday: 'short' }).format(noon(iso));
  }

  /** instant shows milliseconds since 1970 as date and time of day in a time zone. */
  instant(millis: number, zone: string): string {
    const show = (options: Intl.DateTimeFormatOptions): string =>
      new Intl.DateTimeFormat(this.#language, { ...options, timeZone: zone }).format(millis);
    return `${show({ month: 'numeric', day: 'numeric' })} ${show({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })}`;
  }

  /** zone names a time zone as it is at an instant: GMT+8. */
  zone(millis: number, zone: string): string {
    const parts = new Intl.DateTimeFormat(this.#language, { timeZone: zone, timeZoneName: 'short' }).formatToParts(millis);
    return parts.find((part) => part.type === 'timeZoneName')?.value ?? zone;
  }

  #date(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    return new Intl.DateTimeFormat(this.#language, { ...options, timeZone: 'UTC' });
  }

  #show(n: number | null | undefined, options: Intl.NumberFormatOptions): string {
    return n === null || n === undefined ? Formatter.absent : this.#number(options).format(n);
  }

  #number(options: Intl.NumberFormatOptions): Intl.NumberFormat {
    const key = JSON.stringify(options);
    let format = this.#cache.get(key);
    if (!format) {
      format = new Intl.NumberFormat(this.#language, options);
      this.#cache.set(key, format);
    }
    return format;
  }
}

function axisForm(n: number): Intl.NumberFormatOptions {
  return Math.abs(n) < 10_000 ? { minimumFractionDigits: 0, maximumFractionDigits: 2 } : { notation: 'compact', maximumFractionDigits: 1, minimumFractionDigits: 0 };
}

function moneyStyle(currency: string | null | undefined): Intl.NumberFormatOptions {
  return currency ? { style: 'currency', currency, currencyDisplay: 'narrowSymbol' } : {};
}

function noon(iso: string): Date {
  return new Date(`${iso}T12:00:00Z`);
}
