import { Console } from "./Console";

export default async function Page({ searchParams }: { searchParams: Promise<{ session: string }> }) {
  const { session } = await searchParams;
  return <Console session={{ id: session }} />;
}
