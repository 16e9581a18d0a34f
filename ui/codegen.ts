import type { CodegenConfig } from '@graphql-codegen/cli';

// Each document lies beside the code that sends it and gets its types in a file beside itself,
// so that a lazily loaded page carries its own documents.
const config: CodegenConfig = {
  schema: '../schema/schema.graphql',
  documents: 'src/**/*.graphql',
  generates: {
    'src/live/schema.ts': {
      plugins: ['typescript'],
      config: {
        onlyOperationTypes: true,
        enumsAsTypes: true,
        useTypeImports: true,
        scalars: { DateTime: 'string', Duration: 'number', Long: 'number' },
      },
    },
    'src/': {
      preset: 'near-operation-file',
      presetConfig: { extension: '.generated.ts', baseTypesPath: 'live/schema.ts', importTypesNamespace: 'Schema' },
      plugins: ['typescript-operations', 'typed-document-node'],
      config: {
        enumsAsTypes: true,
        useTypeImports: true,
        skipTypename: true,
        optimizeDocumentNode: true,
        scalars: { DateTime: 'string', Duration: 'number', Long: 'number' },
      },
    },
  },
};

export default config;
