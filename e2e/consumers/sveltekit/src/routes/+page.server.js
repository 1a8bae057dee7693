export const load = ({ url }) => ({ session: { id: url.searchParams.get("session") } });
