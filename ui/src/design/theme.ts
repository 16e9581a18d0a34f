import { createTheme, localStorageColorSchemeManager, type VariantColorsResolver } from '@mantine/core';

/** The key that the script before the first paint reads too. */
export const themeManager = localStorageColorSchemeManager({ key: 'tautulli-theme' });

const clear = '1px solid transparent';

// Mantine would take colours from palettes of ten shades; ours are tokens that follow the theme by themselves.
const variants: VariantColorsResolver = ({ variant, color }) => {
  const tone = color === 'danger' ? 'var(--danger)' : 'var(--ink)';
  switch (variant) {
    case 'filled':
      return {
        background: tone,
        hover: color === 'danger' ? 'color-mix(in oklab, var(--danger) 88%, var(--ink))' : 'var(--ink-hover)',
        color: 'var(--on-ink)',
        border: clear,
      };
    case 'subtle':
      return {
        background: 'transparent',
        hover: 'var(--hover)',
        color: color === 'danger' ? tone : 'var(--ink-2)',
        border: clear,
      };
    default:
      return { background: 'var(--raised)', hover: 'var(--hover)', color: tone, border: '1px solid var(--line-strong)' };
  }
};

export const theme = createTheme({
  fontFamily: 'var(--font)',
  defaultRadius: 'md',
  cursorType: 'pointer',
  variantColorResolver: variants,
  respectReducedMotion: true,
  components: {
    ActionIcon: { defaultProps: { variant: 'subtle', size: 36 } },
    Modal: { defaultProps: { lockScroll: false, centered: true, radius: 'lg', transitionProps: { duration: 160 } } },
    Drawer: { defaultProps: { lockScroll: false, position: 'right', transitionProps: { duration: 200 } } },
    Menu: { defaultProps: { shadow: 'md', radius: 'lg', transitionProps: { duration: 100 } } },
  },
});
