/** Our sign: four levels. */
export function Mark({ size = 32 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="9" fill="#17181c" />
      <path
        d="M8 17.500v3M13.300 12v11.500M18.700 8.500v13M24 14v5"
        fill="none"
        stroke="#f2b544"
        strokeWidth="2.800"
        strokeLinecap="round"
      />
    </svg>
  );
}
