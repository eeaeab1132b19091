import { CustomChart, LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { Option } from './option';

use([CustomChart, LineChart, ScatterChart, GridComponent, MarkLineComponent, TooltipComponent, SVGRenderer]);

/** Drawing is a chart on the page. */
export interface Drawing {
  show(option: Option): void;
  end(): void;
}

/** draw is the one place that starts, fits and ends charts. */
export function draw(element: HTMLElement): Drawing {
  const chart = init(element, null, { renderer: 'svg' });
  const observer = new ResizeObserver(() => chart.resize());
  observer.observe(element);
  return {
    show: (option) => chart.setOption(option, { notMerge: true }),
    end: () => {
      observer.disconnect();
      chart.dispose();
    },
  };
}
