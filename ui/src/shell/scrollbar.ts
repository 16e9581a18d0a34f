/** Keeps the width of the page's scroll bar in `--scrollbar`, for when a dialog takes it away. */
export function watchScrollbar(): () => void {
  const root = document.documentElement;
  const measure = () => {
    if (document.querySelector('[aria-modal="true"]')) return;
    root.style.setProperty('--scrollbar', `${window.innerWidth - root.clientWidth}px`);
  };
  const observer = new ResizeObserver(measure);
  observer.observe(root);
  return () => observer.disconnect();
}
