import type { CustomSeriesOption, LineSeriesOption, ScatterSeriesOption } from 'echarts/charts';
import type { GridComponentOption, MarkLineComponentOption, TooltipComponentOption } from 'echarts/components';
import type { ComposeOption, XAXisComponentOption, YAXisComponentOption } from 'echarts';
import type { Theme } from './theme';

export type Option = ComposeOption<
  CustomSeriesOption | LineSeriesOption | ScatterSeriesOption | GridComponentOption | MarkLineComponentOption | TooltipComponentOption
>;

/** Build makes a chart's option for a theme; width is the drawing's in CSS pixels. */
export type Build = (theme: Theme, width: number) => Option;

/** At most so many labels on an axis. */
export const yTicks = 4;

export function font(): string {
  return 'system-ui, -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans SC", sans-serif';
}

/** base is what all charts share. The tooltip is drawn inside the picture: the content policy allows no inline styles. */
export function base(theme: Theme): Option {
  return {
    animation: false,
    textStyle: { fontFamily: font(), color: theme.text },
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      backgroundColor: theme.surface,
      borderColor: theme.line,
      textStyle: { color: theme.text, fontSize: 13 },
      axisPointer: { type: 'line', lineStyle: { color: theme.muted } },
    },
  };
}

export function xAxis(theme: Theme, labels: string[], more: XAXisComponentOption = {}): XAXisComponentOption {
  return {
    type: 'category',
    data: labels,
    boundaryGap: false,
    axisLine: { lineStyle: { color: theme.line } },
    axisTick: { show: false },
    axisLabel: { color: theme.muted, hideOverlap: true, fontSize: 12 },
    ...more,
  } as XAXisComponentOption;
}

export function yAxis(theme: Theme, form: (x: number) => string, more: YAXisComponentOption = {}): YAXisComponentOption {
  return {
    type: 'value',
    splitNumber: yTicks,
    axisLine: { show: false },
    splitLine: { lineStyle: { color: theme.line } },
    axisLabel: { color: theme.muted, fontSize: 12, formatter: form },
    ...more,
  } as YAXisComponentOption;
}
