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
    Checkbox: { defaultProps: { radius: 6 } },
    ActionIcon: { defaultProps: { variant: 'subtle', size: 36 } },
    // Locking by Mantine would need an inline style element; the base sheet does it.
    ModalRoot: { defaultProps: { lockScroll: false, transitionProps: { duration: 160 } } },
    DrawerRoot: { defaultProps: { lockScroll: false, position: 'right', transitionProps: { duration: 200 } } },
    // Floating parts stay inside the landmark that they belong to. The placeholder that takes the first focus is no menu item.
    Menu: {
      defaultProps: {
        shadow: 'md',
        radius: 'lg',
        withinPortal: false,
        withInitialFocusPlaceholder: false,
        transitionProps: { duration: 100 },
      },
    },
    Popover: { defaultProps: { withinPortal: false } },
  },
});
