import a11y from 'eslint-plugin-jsx-a11y';
import hooks from 'eslint-plugin-react-hooks';
import typescript from 'typescript-eslint';

export default typescript.config(
  { ignores: ['.build/', 'node_modules/', 'src/**/*.generated.ts', 'src/live/schema.ts'] },
  ...typescript.configs.recommended,
  {
    files: ['src/**/*.{ts,tsx}'],
    extends: [hooks.configs.flat.recommended, a11y.flatConfigs.recommended],
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_' }],
      // A region that scrolls must be reachable by keys.
      'jsx-a11y/no-noninteractive-tabindex': ['error', { tags: [], roles: ['tabpanel', 'region'] }],
      'jsx-a11y/label-has-associated-control': ['error', { depth: 4 }],
      // A first field takes the focus where the page is nothing but a form.
      'jsx-a11y/no-autofocus': 'off',
    },
  },
  {
    files: ['e2e/**/*.ts'],
    // Playwright's fixtures take an empty pattern to say that they need nothing.
    rules: { 'no-empty-pattern': 'off' },
  },
);
