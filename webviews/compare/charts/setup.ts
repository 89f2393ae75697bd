import { ScatterController } from 'chart.js';
import zoom from 'chartjs-plugin-zoom';
import { Chart } from '../../shared/chart/setup.ts';

Chart.register(ScatterController, zoom);

export { Chart };
