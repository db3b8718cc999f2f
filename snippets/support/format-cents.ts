// #region format
/** 1234 cents as 12.34, by whole numbers alone. */
export function formatCents(cents: number): string {
  const rest = Math.abs(cents % 100);
  const whole = (Math.abs(cents) - rest) / 100;
  const sign = cents < 0 ? "-" : "";
  return `${sign}${whole}.${String(rest).padStart(2, "0")}`;
}
// #endregion format
