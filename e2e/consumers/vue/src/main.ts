import { createApp } from "vue";
import Console from "./Console.vue";

const id = new URLSearchParams(location.search).get("session");
createApp(Console, { session: { id } }).mount("#root");
