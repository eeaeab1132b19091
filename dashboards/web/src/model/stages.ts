import type { Stage } from '../api/questions';

/** finished tells whether nothing is left to wait for. A failed stage stays on show. */
export function finished(stages: readonly Stage[]): boolean {
  return stages.every((stage) => stage.state === 'done');
}

/** share is how much of a stage is done, in [0,1]; undefined where nobody knows. */
export function share(stage: Stage): number | undefined {
  if (stage.state === 'done') {
    return 1;
  }
  return stage.total > 0 ? Math.min(1, stage.done / stage.total) : undefined;
}
