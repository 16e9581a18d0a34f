import { Component, createRef, type ReactNode } from 'react';

type Props = { ids: readonly string[]; className?: string | undefined; label: string; children: ReactNode };
type Place = { left: number; top: number };
type Before = { places: Map<string, Place>; gone: Gone[] };
type Gone = { ghost: HTMLElement; left: number; top: number; width: number; height: number };

const MOST = 80;
const EASE = 'cubic-bezier(0.2, 0.8, 0.2, 1)';

/**
 * A list whose entries glide to their new places, fade in and fade out.
 * A class, since only it can measure right before the page changes. Children are `li` with `data-id`.
 */
export class Moving extends Component<Props> {
  private readonly list = createRef<HTMLUListElement>();

  private entries(): HTMLElement[] {
    return [...(this.list.current?.children ?? [])].filter(
      (child): child is HTMLElement => child instanceof HTMLElement && child.dataset['id'] !== undefined,
    );
  }

  private get still(): boolean {
    return this.props.ids.length > MOST || matchMedia('(prefers-reduced-motion: reduce)').matches;
  }

  override getSnapshotBeforeUpdate(before: Props): Before | null {
    const list = this.list.current;
    const same = before.ids.length === this.props.ids.length && before.ids.every((id, n) => id === this.props.ids[n]);
    if (!list || same || this.still) return null;
    const kept = new Set(this.props.ids);
    const frame = list.getBoundingClientRect();
    const places = new Map<string, Place>();
    const gone: Gone[] = [];
    for (const entry of this.entries()) {
      const id = entry.dataset['id'] ?? '';
      const { left, top, width, height } = entry.getBoundingClientRect();
      places.set(id, { left: left - frame.left, top: top - frame.top });
      if (!kept.has(id)) gone.push({ ghost: ghostOf(entry), left: left - frame.left, top: top - frame.top, width, height });
    }
    return { places, gone };
  }

  override componentDidUpdate(_props: Props, _state: unknown, before: Before | null): void {
    const list = this.list.current;
    if (!before || !list) return;
    const frame = list.getBoundingClientRect();
    for (const entry of this.entries()) {
      const place = before.places.get(entry.dataset['id'] ?? '');
      if (!place) {
        entry.animate([{ opacity: 0, transform: 'scale(0.97)' }, {}], { duration: 260, easing: EASE });
        continue;
      }
      const { left, top } = entry.getBoundingClientRect();
      const [x, y] = [place.left - (left - frame.left), place.top - (top - frame.top)];
      if (Math.abs(x) < 1 && Math.abs(y) < 1) continue;
      entry.animate([{ transform: `translate(${x}px, ${y}px)` }, {}], { duration: 360, easing: EASE });
    }
    for (const leaving of before.gone) fade(list, leaving);
  }

  override render() {
    return (
      <ul ref={this.list} className={this.props.className} aria-label={this.props.label}>
        {this.props.children}
      </ul>
    );
  }
}

/** A picture of an entry that is gone already: nothing in it can be reached or read out. */
function ghostOf(entry: HTMLElement): HTMLElement {
  const ghost = entry.cloneNode(true) as HTMLElement;
  delete ghost.dataset['id'];
  ghost.setAttribute('aria-hidden', 'true');
  ghost.inert = true;
  for (const named of ghost.querySelectorAll('[id]')) named.removeAttribute('id');
  return ghost;
}

function fade(list: HTMLElement, { ghost, left, top, width, height }: Gone): void {
  Object.assign(ghost.style, {
    position: 'absolute',
    left: `${left}px`,
    top: `${top}px`,
    width: `${width}px`,
    height: `${height}px`,
    pointerEvents: 'none',
  });
  list.append(ghost);
  const fading = ghost.animate([{}, { opacity: 0, transform: 'scale(0.96)' }], { duration: 220, easing: 'ease-in' });
  fading.onfinish = fading.oncancel = () => ghost.remove();
}
