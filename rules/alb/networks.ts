/** `net.ParseCIDR` of the controller: an address with the length of its prefix. Of IPv6 the form alone is looked at. */
export function isNetwork(text: string): boolean {
  const [address = '', length, ...rest] = text.split('/');
  if (length === undefined || rest.length > 0 || !/^\d{1,3}$/.test(length)) return false;
  if (address.includes(':')) return /^[0-9a-f:.]+$/i.test(address) && Number(length) <= 128;
  const parts = address.split('.');
  return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255) && Number(length) <= 32;
}
