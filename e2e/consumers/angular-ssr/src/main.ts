import { bootstrapApplication, provideClientHydration, withEventReplay } from "@angular/platform-browser";
import { provideRouter } from "@angular/router";
import { App, routes } from "./app";

const providers = [provideRouter(routes), provideClientHydration(withEventReplay())];
bootstrapApplication(App, { providers }).catch((error) => console.error(error));
