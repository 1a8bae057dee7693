import { createApp } from "vue";

const query = new URLSearchParams(location.search);
const session = { id: query.get("session") };
// Only who opens a seat downloads the panel.
const { default: View } = await (query.has("seat") ? import("./Seat.vue") : import("./Console.vue"));
createApp(View, { session }).mount("#root");
