// The parts of the drawing library that are used; fetched when the first chart is on screen.
import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { init, use as register } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

register([BarChart, LineChart, GridComponent, CanvasRenderer]);

export { init };
