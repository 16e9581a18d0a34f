import type { ECharts } from 'echarts/core';
import { download } from '../history/csv';
import { lookOf } from './look';
import type { Parts } from './picture';

/** Saves a graph as it is drawn, with what explains it, as a picture of its name; nothing where nothing is drawn. */
export function savePicture(drawing: ECharts | null, parts: Pick<Parts, 'title' | 'notes' | 'legend' | 'shape'>): void {
  if (!drawing) return;
  const chart = drawing.renderToCanvas({ pixelRatio: 2 });
  const look = lookOf(drawing.getDom());
  void import('./picture').then(({ pictureOf }) => {
    const picture = pictureOf({ ...parts, chart, look, rtl: document.documentElement.dir === 'rtl' });
    picture.toBlob((blob) => blob && download(`${parts.title}.png`, [blob], 'image/png'));
  });
}
