import { useEffect, useRef, useState, type RefObject } from 'react';

/** Whether a part of the page has come into view, or nearly so, at some time. */
export function useOnScreen(): [RefObject<HTMLDivElement | null>, boolean] {
  const box = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    const node = box.current;
    if (!node || seen) return;
    const observer = new IntersectionObserver((entries) => entries.some(({ isIntersecting }) => isIntersecting) && setSeen(true), { rootMargin: '160px' });
    observer.observe(node);
    return () => observer.disconnect();
  }, [seen]);
  return [box, seen];
}
