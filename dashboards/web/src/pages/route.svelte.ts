/** The pages there are. */
export type Place = { page: 'overview' } | { page: 'merchant'; id: string } | { page: 'nowhere' };

/** place reads a path. */
export function place(path: string): Place {
  if (path === '/') {
    return { page: 'overview' };
  }
  const id = /^\/m\/([A-Za-z0-9_.:-]+)$/.exec(decodeURIComponent(path))?.[1];
  return id === undefined ? { page: 'nowhere' } : { page: 'merchant', id };
}

/** Route is where the reader is. Filters live in the query string, so that a link shows the same. */
class Route {
  path = $state(location.pathname);
  search = $state(location.search);
  readonly place = $derived(place(this.path));

  constructor() {
    addEventListener('popstate', () => this.#read());
  }

  get(name: string): string {
    return new URLSearchParams(this.search).get(name) ?? '';
  }

  /** set changes one part of the query string, without a new entry in the history. */
  set(name: string, value: string): void {
    const query = new URLSearchParams(location.search);
    if (value === '') {
      query.delete(name);
    } else {
      query.set(name, value);
    }
    const text = query.toString();
    history.replaceState(null, '', location.pathname + (text ? `?${text}` : ''));
    this.#read();
  }

  /** go follows a link inside the page. */
  go(href: string): void {
    history.pushState(null, '', href);
    this.#read();
    scrollTo(0, 0);
  }

  #read(): void {
    this.path = location.pathname;
    this.search = location.search;
  }
}

export const route = new Route();

/** follow makes ordinary clicks on an inner link stay in the page; others are the browser's. */
export function follow(event: MouseEvent & { currentTarget: HTMLAnchorElement }): void {
  if (event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey) {
    event.preventDefault();
    route.go(event.currentTarget.getAttribute('href') ?? '/');
  }
}
