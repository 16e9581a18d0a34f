import { LAND, NORTH, SOUTH } from './land';
import classes from './world.module.css';

const UNITS = 2;
const WIDTH = 360 * UNITS;
const HEIGHT = (NORTH - SOUTH) * UNITS;

/** Where a point lies on the map. Beyond its edges it stays at the edge. */
export function onMap(latitude: number, longitude: number): { x: number; y: number } {
  const y = (NORTH - latitude) * UNITS;
  return { x: (longitude + 180) * UNITS, y: Math.min(HEIGHT, Math.max(0, y)) };
}

/** A small map of the world with one place on it. West is left in every language. */
export function World({ latitude, longitude, label }: { latitude: number; longitude: number; label: string }) {
  const { x, y } = onMap(latitude, longitude);
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label} className={classes.world}>
      <path d={LAND} className={classes.land} />
      <circle cx={x} cy={y} r={22} className={classes.halo} />
      <circle cx={x} cy={y} r={8} className={classes.dot} />
    </svg>
  );
}
