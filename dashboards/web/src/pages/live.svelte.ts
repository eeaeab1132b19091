import { freshness, progress, type Freshness, type Stage } from '../api/questions';
import { finished } from '../model/stages';

/** How often to look for a new publication: often while the first is awaited. */
const starting = 2000;
const running = 15000;

/** Live knows how far the figures reach and how far the start-up has come. */
class Live {
  freshness = $state.raw<Freshness>();
  stages = $state.raw<Stage[]>([]);
  /** The first look is over. */
  looked = $state(false);
  /** The last look failed: the server is away. */
  lost = $state(false);
  /** The publication on show; 0 before the first. Questions that read it are asked again when it changes. */
  readonly run = $derived(this.freshness?.run ?? 0);
  readonly filling = $derived(!finished(this.stages, this.run > 0));

  /** watch looks again and again until the returned function is called. */
  watch(): () => void {
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async (): Promise<void> => {
      await this.#look(abort.signal);
      if (!abort.signal.aborted) {
        timer = setTimeout(look, this.run === 0 || this.filling || this.lost ? starting : running);
      }
    };
    void look();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }

  async #look(signal: AbortSignal): Promise<void> {
    const [stages, fresh] = await Promise.allSettled([progress(signal), freshness(signal)]);
    if (signal.aborted) {
      return;
    }
    this.looked = true;
    this.lost = stages.status === 'rejected';
    if (stages.status === 'fulfilled') {
      this.stages = stages.value;
    }
    if (fresh.status === 'fulfilled') {
      this.freshness = fresh.value;
    }
  }
}

export const live = new Live();
