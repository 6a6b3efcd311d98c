declare module "virtual:country-codes" {
  const codes: Record<string, string>;
  export default codes;
}
declare module "world-atlas/countries-50m.json?url" {
  const address: string;
  export default address;
}
